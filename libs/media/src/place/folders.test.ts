import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { useFolder } from '../test-support/use-folder.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { resolveInsideRoot } from './inside-root.js'
import { removeTree } from './remove-tree.js'
import { sweepParts } from './sweep-parts.js'

const folder = useFolder()
let root = ''

beforeAll(async () => {
  root = join(folder.path, 'media')
  await mkdir(join(root, 'real'), { recursive: true })
  await mkdir(join(folder.path, 'outside'))
  await symlink('real', join(root, 'inner-link'))
  await symlink('../outside', join(root, 'outer-link'))
  await symlink('../nowhere', join(root, 'dangling'))
  await symlink('media', join(folder.path, 'media-link'))
  await symlink('loop', join(root, 'loop'))
})

test.each<[string, string]>([
  ['media/a.ogg', 'media/a.ogg'],
  ['media/new/folders/a.ogg', 'media/new/folders/a.ogg'],
  ['media/inner-link/new/a.ogg', 'media/real/new/a.ogg'],
  ['media-link/real/a.ogg', 'media/real/a.ogg'],
  ['media/outer-link', 'media/outer-link'],
])('%s is %s and allowed', async (dest, real) => {
  expect(await resolveInsideRoot(join(folder.path, dest), [join(folder.path, 'missing'), root])).toBe(join(folder.path, real))
})

test.each<[string, object]>([
  ['media/outer-link/a.ogg', { kind: 'permanent', code: 'path_outside_roots' }],
  ['media/outer-link/../media/../outside/a.ogg', { kind: 'permanent', code: 'path_outside_roots' }],
  ['media/dangling/a.ogg', { kind: 'permanent', code: 'path_outside_roots' }],
  ['media/dangling/b/c/a.ogg', { kind: 'permanent', code: 'path_outside_roots' }],
  ['media/../a.ogg', { kind: 'permanent', code: 'path_outside_roots' }],
  ['media', { kind: 'permanent', code: 'path_outside_roots' }],
  ['media-other/a.ogg', { kind: 'permanent', code: 'path_outside_roots' }],
  ['missing/a.ogg', { kind: 'retryable', code: 'root_missing' }],
  ['media/loop/a.ogg', { kind: 'permanent', code: 'path_invalid' }],
])('%s is refused', async (dest, error) => {
  await expect(resolveInsideRoot(`${folder.path}/${dest}`, [join(folder.path, 'missing'), root])).rejects.toMatchObject(error)
})

test('a root may itself be reached over a link', async () => {
  const link = join(folder.path, 'media-link')
  expect(await resolveInsideRoot(join(link, 'a.ogg'), [link])).toBe(join(root, 'a.ogg'))
})

test('a folder that another ticket makes at this moment is no link that leads nowhere', async () => {
  const made = join(root, 'made', 'meanwhile')
  const fs: FileSystem = {
    ...nodeFileSystem,
    realPath: (path) =>
      nodeFileSystem.realPath(path).catch(async (error) => {
        await mkdir(made, { recursive: true })
        throw error
      }),
  }
  expect(await resolveInsideRoot(join(made, 'a.ogg'), [root], fs)).toBe(join(made, 'a.ogg'))
})

test('a tree is removed, links in it are not followed, and a second time is fine', async () => {
  const work = join(folder.path, 'work')
  await mkdir(join(work, 'ticket', 'deep'), { recursive: true })
  await writeFile(join(folder.path, 'outside', 'kept'), '')
  await symlink(join(folder.path, 'outside'), join(work, 'ticket', 'link'))
  await removeTree(join(work, 'ticket'), work)
  await removeTree(join(work, 'ticket'), work)
  await removeTree(join(work, 'a', 'b'), work)
  expect(await readdir(work)).toEqual([])
  expect(await readdir(join(folder.path, 'outside'))).toEqual(['kept'])
})

test.each(['work', 'work/..', 'outside', 'work/escape/kept', 'work/../outside/kept'])('%s is not removed', async (path) => {
  const work = join(folder.path, 'work')
  await mkdir(work, { recursive: true })
  await symlink(join(folder.path, 'outside'), join(work, 'escape')).catch(() => undefined)
  await writeFile(join(folder.path, 'outside', 'kept'), '')
  await expect(removeTree(`${folder.path}/${path}`, work)).rejects.toMatchObject({ code: 'path_outside_roots' })
  expect(await readdir(join(folder.path, 'outside'))).toEqual(['kept'])
})

test('only .part files from before the given time are swept', async () => {
  const work = join(folder.path, 'sweep')
  await mkdir(join(work, 'ticket'), { recursive: true })
  for (const name of ['a.ogg.part', 'ticket/b.part', 'ticket/c.ogg', 'ticket/.qt-1.bak']) await writeFile(join(work, name), '')
  await mkdir(join(work, 'folder.part'))
  expect(await sweepParts(work, new Date(Date.now() - 3_600_000))).toBe(0)
  expect(await sweepParts(work, new Date(Date.now() + 3_600_000))).toBe(2)
  expect((await readdir(work, { recursive: true })).sort()).toEqual(['folder.part', 'ticket', 'ticket/.qt-1.bak', 'ticket/c.ogg'])
  expect(await sweepParts(join(work, 'missing'), new Date())).toBe(0)
})
