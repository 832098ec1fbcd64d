import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { useFolder } from '../test-support/use-folder.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { createRootGuard, ROOT_MARK } from './root-guard.js'

const folder = useFolder()
let counter = 0
let root: string
let placed: string[]

beforeEach(async () => {
  root = join(folder.path, `root-${counter++}`)
  await mkdir(root)
  placed = []
})

const guardWith = (changes: Partial<FileSystem> = {}, limitMs = 60_000) =>
  createRootGuard({ roots: [root], placedBefore: async () => placed, limitMs, fs: { ...nodeFileSystem, ...changes } })
const ask = (guard = guardWith()) => guard([join(root, 'a.ogg'), '/elsewhere/b.ogg'])

const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code })
}

test('a new root gets its mark', async () => {
  await ask()
  expect(await readdir(root)).toEqual([ROOT_MARK])
})

test('an empty folder in the place of a root is none, until there is a mark in it', async () => {
  placed = [join(root, 'a.ogg'), join(root, 'b.ogg')]
  const guard = guardWith()
  await expect(ask(guard)).rejects.toMatchObject({ kind: 'retryable', code: 'root_not_mounted' })
  expect(await readdir(root)).toEqual([])
  await nodeFileSystem.makeEmptyFile(join(root, ROOT_MARK))
  await ask(guard)
})

test('neither is a folder with other files', async () => {
  placed = [join(root, 'a.ogg')]
  await writeFile(join(root, 'stray'), '')
  await expect(ask()).rejects.toMatchObject({ code: 'root_not_mounted' })
})

test('one that holds some of what was placed there before marks were made gets its own', async () => {
  placed = [join(root, 'gone.ogg'), join(root, 'b.ogg')]
  await writeFile(join(root, 'b.ogg'), '')
  await ask()
  expect((await readdir(root)).sort()).toEqual([ROOT_MARK, 'b.ogg'])
})

test.each<[string, Partial<FileSystem>, string]>([
  ['is read-only', { makeEmptyFile: failing('EROFS') }, 'read_only'],
  ['is full', { makeEmptyFile: failing('ENOSPC') }, 'disk_full'],
  ['lost its server', { facts: failing('ESTALE') }, 'root_unreachable'],
  ['has a broken disk', { facts: failing('EIO') }, 'root_unreachable'],
  ['is no folder any more', { makeEmptyFile: failing('ENOTDIR') }, 'root_missing'],
])('a root that %s is told', async (_what, changes, code) => {
  await expect(ask(guardWith(changes))).rejects.toMatchObject({ kind: 'retryable', code })
  expect(await readdir(root)).toEqual([])
})

test('a root that is not there is told', async () => {
  await rm(root, { recursive: true })
  await expect(ask()).rejects.toMatchObject({ code: 'root_missing' })
})

test('a root that we may write below but not into goes without a mark', async () => {
  await ask(guardWith({ makeEmptyFile: failing('EACCES') }))
  expect(await readdir(root)).toEqual([])
})

test('a root that does not answer is told, takes one look at a time, and is asked again when that has ended', async () => {
  let looks = 0
  let answer = () => {}
  const facts: FileSystem['facts'] = async (path) => {
    looks += 1
    if (looks === 1) await new Promise<void>((resolve) => (answer = resolve))
    return nodeFileSystem.facts(path)
  }
  const guard = guardWith({ facts }, 20)
  await Promise.all([1, 2, 3].map(() => expect(ask(guard)).rejects.toMatchObject({ kind: 'retryable', code: 'mount_silent' })))
  await expect(ask(guard)).rejects.toMatchObject({ code: 'mount_silent' })
  expect(looks).toBe(1)
  answer()
  await ask(guardWith())
  await ask(guard)
})
