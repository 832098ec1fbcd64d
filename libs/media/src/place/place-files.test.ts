import { chmod, link, lstat, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import { memoryJournal } from '../test-support/faulty-file-system.js'
import { makeScene, type Scene, snapshot } from '../test-support/placement-scene.js'
import { useFolder } from '../test-support/use-folder.js'
import { type FileSystem, nodeFileSystem, type Watch } from './file-system.js'
import { finishAll } from './finish-files.js'
import { withPatience } from './patient-files.js'
import { placeAll } from './place-files.js'
import { PlacementError } from './placement-error.js'
import { rollbackAll } from './roll-back-files.js'

const folder = useFolder()
let counter = 0
let scene: Scene
let journal: ReturnType<typeof memoryJournal>
let outside = ''

beforeEach(async () => {
  const path = join(folder.path, `place-${counter++}`)
  outside = join(folder.path, `outside-${counter}`)
  await Promise.all([mkdir(path), mkdir(outside)])
  scene = await makeScene(path, 'other content')
  journal = memoryJournal()
})

function itemAt(index: number) {
  const item = scene.plan.items[index]
  if (!item) throw new Error(`the scene has no item ${index}`)
  return item
}

async function failure(options: Parameters<typeof placeAll>[2] = {}): Promise<unknown> {
  return placeAll(scene.plan, journal, options).catch((error) => error)
}

test('all files are placed, the old one is kept until the finish, and doing it again changes nothing', async () => {
  const placed: string[] = []
  const rows = await placeAll(scene.plan, journal, { onPlaced: (row) => placed.push(row.itemId) })
  expect(placed).toEqual(['item-0', 'item-1', 'item-2'])
  expect(rows.map((row) => row.status)).toEqual(['placed', 'placed', 'placed'])
  const backup = rows.find((row) => row.hadBackup)
  expect(await readFile(backup?.backupPath ?? '', 'utf8')).toBe('old one')

  await placeAll(scene.plan, journal)
  await finishAll(journal)
  expect(await snapshot(scene.library)).toEqual(scene.after)
  await placeAll(scene.plan, journal)
  expect(await snapshot(scene.library)).toEqual(scene.after)
})

test('a finished placement has no way back, an unfinished one no finish', async () => {
  await journal.save([{ ...itemAt(0), stagedPath: 'x', backupPath: 'y', status: 'staged', createdDirs: [], hadBackup: false }])
  await expect(finishAll(journal)).rejects.toMatchObject({ code: 'placement_unfinished' })
  journal = memoryJournal()
  await placeAll(scene.plan, journal)
  await finishAll(journal)
  await expect(rollbackAll(journal)).rejects.toMatchObject({ kind: 'permanent', code: 'placement_final' })
  expect(await snapshot(scene.library)).toEqual(scene.after)
})

test.each([1, 2, 3])('a stop after %d placed files takes all of them back', async (stopAfter) => {
  const stop = new AbortController()
  let placed = 0
  const onPlaced = () => {
    placed += 1
    if (placed === stopAfter) stop.abort()
  }
  const error = await failure({ signal: stop.signal, onPlaced })
  expect(error).toBeInstanceOf(PlacementError)
  expect(error).toMatchObject({ kind: 'retryable', code: 'aborted', rollback: 'rolled_back' })
  expect(await snapshot(scene.library)).toEqual(scene.before)
  expect(journal.rows().map((row) => row.status)).toEqual(['rolled_back', 'rolled_back', 'rolled_back'])
})

test('a stop reaches a copy that is under way', async () => {
  const stop = new AbortController()
  const slowCopy = (_from: string, to: string, { signal }: Watch = {}) =>
    writeFile(to, 'half').then(
      () =>
        new Promise<void>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('stopped')))
          stop.abort()
        }),
    )
  const fs = { ...nodeFileSystem, link: crossDevice, copy: slowCopy }
  expect(await failure({ fs, signal: stop.signal })).toMatchObject({ code: 'aborted', rollback: 'rolled_back' })
  expect(await snapshot(scene.library)).toEqual(scene.before)
})

async function crossDevice(): Promise<void> {
  throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' })
}

test.each<[string, object, object]>([
  ['no space for a copy', { link: crossDevice, freeBytes: async () => 1000 }, { kind: 'retryable', code: 'disk_full' }],
  ['a disk that fills up', { link: crossDevice, copy: throwing('ENOSPC') }, { kind: 'retryable', code: 'disk_full' }],
  ['a quota', { makeFolder: throwing('EDQUOT') }, { kind: 'retryable', code: 'disk_full' }],
  ['a read-only disk', { rename: throwing('EROFS') }, { kind: 'retryable', code: 'read_only' }],
  ['a folder of somebody else', { makeFolder: throwing('EACCES') }, { kind: 'retryable', code: 'not_writable' }],
  [
    'a copy with other bytes',
    { link: crossDevice, copy: (_a: string, b: string) => writeFile(b, 'new Artist/X.ogg') },
    { code: 'verification_failed' },
  ],
  ['a short copy', { link: crossDevice, copy: (_a: string, b: string) => writeFile(b, 'new') }, { code: 'verification_failed' }],
])('%s is told, and nothing stays', async (_name, changes, expected) => {
  const error = await failure({ fs: { ...nodeFileSystem, ...changes } })
  expect(error).toMatchObject({ ...expected, rollback: 'rolled_back' })
  expect(await snapshot(scene.library)).toEqual(scene.before)
})

function throwing(code: string): () => Promise<void> {
  return async () => {
    throw Object.assign(new Error(code), { code })
  }
}

test('space is not asked for where a link does', async () => {
  await placeAll(scene.plan, journal, { fs: { ...nodeFileSystem, freeBytes: async () => 0 } })
  expect((await stat(itemAt(1).dest)).ino).toBe((await stat(itemAt(1).source)).ino)
})

test.each<[string, () => Promise<unknown>, object]>([
  ['a source that is gone', () => unlink(itemAt(2).source), { kind: 'permanent', code: 'source_missing' }],
  ['a source that grew', () => writeFile(itemAt(2).source, 'something longer than before'), { kind: 'permanent', code: 'source_changed' }],
  [
    'a source with other bytes',
    () => writeFile(itemAt(2).source, 'NEW Artist/New/CD1/3.ogg'),
    { kind: 'retryable', code: 'verification_failed' },
  ],
  ['a folder at a destination', () => mkdir(itemAt(2).dest, { recursive: true }), { kind: 'permanent', code: 'destination_is_folder' }],
  ['a file where a folder should be', () => writeFile(dirname(dirname(itemAt(2).dest)), ''), { kind: 'permanent', code: 'path_invalid' }],
  ['a library that is not mounted', () => rename(scene.library, `${scene.library}.away`), { kind: 'retryable', code: 'root_missing' }],
  [
    'a link out of the library',
    () => symlink(outside, dirname(dirname(itemAt(2).dest))),
    { kind: 'permanent', code: 'path_outside_roots' },
  ],
])('%s keeps all files from being placed', async (_name, spoil, expected) => {
  await spoil()
  const before = await snapshot(dirname(scene.library))
  expect(await failure()).toMatchObject({ ...expected, rollback: 'rolled_back' })
  expect(await snapshot(dirname(scene.library))).toEqual(before)
})

test('a rollback that fails is pending, and can be done later', async () => {
  let renames = 0
  const rename: typeof nodeFileSystem.rename = async (from, to) => {
    renames += 1
    if (renames > 2) throw Object.assign(new Error('EIO'), { code: 'EIO' })
    return nodeFileSystem.rename(from, to)
  }
  expect(await failure({ fs: { ...nodeFileSystem, rename } })).toMatchObject({ code: 'file_error', rollback: 'pending' })
  await rollbackAll(journal)
  expect(await snapshot(scene.library)).toEqual(scene.before)
})

test('a destination that is another name of the source stays what it was', async () => {
  await unlink(itemAt(0).dest)
  await nodeFileSystem.link(itemAt(0).source, itemAt(0).dest)
  const before = await snapshot(scene.library)
  await placeAll(scene.plan, journal)
  await rollbackAll(journal)
  expect(await snapshot(scene.library)).toEqual(before)
  await placeAll(scene.plan, journal)
  await finishAll(journal)
  expect(await snapshot(scene.library)).toEqual(scene.after)
})

test('a link at the destination is replaced, not followed, and comes back with a rollback', async () => {
  const elsewhere = join(folder.path, `elsewhere-${counter}`)
  await writeFile(elsewhere, 'not ours')
  await rm(itemAt(0).dest)
  await symlink(elsewhere, itemAt(0).dest)
  await placeAll(scene.plan, journal)
  expect((await lstat(itemAt(0).dest)).isSymbolicLink()).toBe(false)
  await rollbackAll(journal)
  expect(await readlink(itemAt(0).dest)).toBe(elsewhere)
  expect(await readFile(elsewhere, 'utf8')).toBe('not ours')
})

test('what somebody else wrote over our file is not taken away by a rollback', async () => {
  await placeAll(scene.plan, journal)
  await Promise.all([unlink(itemAt(0).dest), unlink(itemAt(1).dest)])
  await writeFile(itemAt(0).dest, 'theirs')
  await writeFile(itemAt(1).dest, 'theirs too')
  await expect(rollbackAll(journal)).rejects.toMatchObject({ kind: 'permanent', code: 'backup_kept' })
  expect(await readFile(itemAt(0).dest, 'utf8')).toBe('theirs')
  expect(await readFile(itemAt(1).dest, 'utf8')).toBe('theirs too')
  const backup = journal.rows().find((row) => row.hadBackup)?.backupPath
  expect(await readFile(backup ?? '', 'utf8')).toBe('old one')
  await expect(stat(itemAt(2).dest)).rejects.toMatchObject({ code: 'ENOENT' })

  await unlink(itemAt(0).dest)
  await rollbackAll(journal)
  expect(await readFile(itemAt(0).dest, 'utf8')).toBe('old one')
})

test('another plan under the same journal takes the place of the first', async () => {
  await placeAll(scene.plan, journal)
  const fewer = { ...scene.plan, items: [itemAt(0)] }
  await placeAll(fewer, journal)
  await finishAll(journal)
  expect(await snapshot(scene.library)).toEqual({ ...scene.before, 'Artist/1.ogg': 'new Artist/1.ogg' })
  await expect(placeAll(scene.plan, journal)).rejects.toMatchObject({ code: 'placement_final' })
})

test('what a last look finds wrong takes all back', async () => {
  const looked: string[] = []
  const check = async (row: { itemId: string }) => {
    looked.push(row.itemId)
    if (row.itemId === 'item-2') throw new StageError('permanent', 'media_unreadable', 'it cannot be played')
  }
  expect(await placeAll(scene.plan, journal, { check }).catch((error) => error)).toMatchObject({
    code: 'media_unreadable',
    rollback: 'rolled_back',
  })
  expect(looked).toEqual(['item-0', 'item-1', 'item-2'])
  expect(await snapshot(scene.library)).toEqual(scene.before)
})

describe('owner and mode', () => {
  const access = { fileMode: 0o640, folderMode: 0o711 }
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777

  test('are given to files and to the folders made for them, not to those that were there', async () => {
    const artist = dirname(itemAt(0).dest)
    const before = await modeOf(artist)
    await placeAll(scene.plan, journal, { access, workFolder: scene.work })
    for (const { dest } of scene.plan.items) expect(await modeOf(dest)).toBe(0o640)
    expect([await modeOf(artist), await modeOf(dirname(itemAt(1).dest)), await modeOf(dirname(dirname(itemAt(1).dest)))]).toEqual([
      before,
      0o711,
      0o711,
    ])
  })

  test('of what others use stay as they are: it is copied, and where nothing changes it may be linked', async () => {
    await chmod(itemAt(0).source, 0o444)
    await chmod(itemAt(1).source, 0o640)
    // A name elsewhere makes it theirs, also below our own folder.
    await link(itemAt(2).source, join(outside, 'seeds'))
    await placeAll(scene.plan, journal, { access, fs: { ...nodeFileSystem, clone: throwing('ENOTSUP') } })
    const isSame = async (index: number) => (await stat(itemAt(index).dest)).ino === (await stat(itemAt(index).source)).ino
    expect([await isSame(0), await isSame(1), await isSame(2)]).toEqual([false, true, false])
    expect(await modeOf(itemAt(0).source)).toBe(0o444)
    for (const { dest } of scene.plan.items) expect(await modeOf(dest)).toBe(0o640)
  })

  test('are left out where the file system knows none', async () => {
    const fs = { ...nodeFileSystem, setMode: throwing('ENOTSUP'), setOwner: throwing('ENOTSUP') }
    await placeAll(scene.plan, journal, { access: { ...access, owner: 1, group: 1 }, fs })
    expect(journal.rows().map((row) => row.status)).toEqual(['placed', 'placed', 'placed'])
  })

  test('that may not be given are told', async () => {
    const fs = { ...nodeFileSystem, setOwner: throwing('EPERM') }
    expect(await failure({ access: { owner: 1 }, fs })).toMatchObject({ code: 'not_writable', rollback: 'rolled_back' })
    expect(await snapshot(scene.library)).toEqual(scene.before)
  })
})

describe('a file system that does not tell capitals from small letters', () => {
  /** Answers to any spelling, as those do. */
  const folding: FileSystem = {
    ...nodeFileSystem,
    async facts(path) {
      const names = await readdir(dirname(path)).catch(() => [])
      const there = names.find((name) => name.toLowerCase() === basename(path).toLowerCase())
      return nodeFileSystem.facts(there === undefined ? path : join(dirname(path), there))
    },
  }

  test('takes files as any other', async () => {
    await placeAll(scene.plan, journal, { fs: folding })
    await finishAll(journal)
    expect(await snapshot(scene.library)).toEqual(scene.after)
  })

  test('cannot hold two items that differ by nothing else', async () => {
    itemAt(2).dest = join(dirname(itemAt(1).dest), basename(itemAt(1).dest).toUpperCase())
    expect(await failure({ fs: folding })).toMatchObject({ kind: 'permanent', code: 'destination_clash', rollback: 'rolled_back' })
    expect(await snapshot(scene.library)).toEqual(scene.before)
    await placeAll(scene.plan, journal)
  })

  test('keeps a file that is there in another spelling', async () => {
    itemAt(0).dest = join(dirname(itemAt(0).dest), '1.OGG')
    const error = await failure({ fs: folding })
    expect(error).toMatchObject({ kind: 'permanent', code: 'destination_clash', rollback: 'rolled_back' })
    expect(String(error)).toContain('is there as 1.ogg')
    expect(await snapshot(scene.library)).toEqual(scene.before)
  })
})

describe('a mount that goes silent in the middle', () => {
  const LIMIT_MS = 1000
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] }))
  afterEach(() => void jest.useRealTimers())

  test.each([1, 2, 3, 4])('at rename %d: what it does late is found and carried on from', async (at) => {
    let renames = 0
    let wake = () => {}
    const { fs, settled } = withPatience(
      {
        ...nodeFileSystem,
        async rename(from, to) {
          renames += 1
          if (renames === at) {
            void jest.advanceTimersByTimeAsync(LIMIT_MS)
            await new Promise<void>((resolve) => (wake = resolve))
          }
          await nodeFileSystem.rename(from, to)
        },
      },
      LIMIT_MS,
    )
    expect(await failure({ fs })).toMatchObject({ kind: 'retryable', code: 'mount_silent', rollback: 'pending' })
    wake()
    await settled()
    await placeAll(scene.plan, journal)
    await finishAll(journal)
    expect(await snapshot(scene.library)).toEqual(scene.after)
  })
})
