import { lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { canMount, mount, mountSmallDisk, unmount } from '@torrentino/testkit'
import { hashFile } from '../files/hash-file.js'
import { memoryJournal } from '../test-support/faulty-file-system.js'
import { guardOf, makeScene, type Scene, snapshot } from '../test-support/placement-scene.js'
import { useFolder } from '../test-support/use-folder.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { finishAll } from './finish-files.js'
import { placeAll } from './place-files.js'
import { rollbackAll } from './roll-back-files.js'
import { ROOT_MARK } from './root-guard.js'

const folder = useFolder()
const mounted: string[] = []
let counter = 0
let place: string
let journal: ReturnType<typeof memoryJournal>

beforeEach(async () => {
  place = join(folder.path, `volumes-${counter++}`)
  await mkdir(place)
  journal = memoryJournal()
})
afterEach(() => {
  for (const path of mounted.splice(0)) unmount(path)
})

async function onSmallDisk(bytes: number[]) {
  const library = join(place, 'library')
  mountSmallDisk(library, 1 << 20)
  mounted.push(library)
  await writeFile(join(library, ROOT_MARK), '')
  await mkdir(join(place, 'work'))
  const items = []
  for (const [index, size] of bytes.entries()) {
    const source = join(place, 'work', `${index}.ogg`)
    await writeFile(source, Buffer.alloc(size, index + 1))
    items.push({ itemId: `${index}`, source, dest: join(library, 'New', `${index}.ogg`), size, sha256: await hashFile(source) })
  }
  return { library, plan: { token: 'ticket', roots: [library], items } }
}

// As if nobody had looked how much space there is.
const unaware: FileSystem = { ...nodeFileSystem, freeBytes: async () => Number.MAX_SAFE_INTEGER }
const HALF = 600_000

// Machines that let nobody mount show the same with errors put in: place-files.test.ts.
const onVolumes = canMount() ? describe : describe.skip

onVolumes('a volume of its own', () => {
  test('gets checked copies', async () => {
    const { library, plan } = await onSmallDisk([10, 20])
    await placeAll(plan, journal, { fs: unaware, guard: guardOf({ library }), workFolder: join(place, 'work') })
    await finishAll(journal)
    expect((await readdir(library, { recursive: true })).sort()).toEqual([ROOT_MARK, 'New', 'New/0.ogg', 'New/1.ogg'].sort())
    expect((await lstat(join(library, 'New/0.ogg'))).nlink).toBe(1)
  })

  test('that is too small for all together gets nothing at all', async () => {
    const { library, plan } = await onSmallDisk([HALF, HALF])
    const made: string[] = []
    const watched: FileSystem = { ...nodeFileSystem, makeFolder: async (path) => void made.push(path) }
    expect(await placeAll(plan, journal, { fs: watched }).catch((error) => error)).toMatchObject({
      code: 'disk_full',
      rollback: 'rolled_back',
    })
    expect([made, await readdir(library)]).toEqual([[], [ROOT_MARK]])
  })

  test('that fills up in the middle is as it was afterwards', async () => {
    const { library, plan } = await onSmallDisk([HALF, HALF])
    expect(await placeAll(plan, journal, { fs: unaware }).catch((error) => error)).toMatchObject({
      code: 'disk_full',
      rollback: 'rolled_back',
    })
    expect(await readdir(library)).toEqual([ROOT_MARK])
  })

  test('that is read-only is told, and takes the files when it is not', async () => {
    const { library, plan } = await onSmallDisk([10])
    mount('-o', 'remount,ro', library)
    const options = { fs: unaware, guard: guardOf({ library }) }
    expect(await placeAll(plan, journal, options).catch((error) => error)).toMatchObject({ kind: 'retryable', code: 'read_only' })
    mount('-o', 'remount,rw', library)
    await placeAll(plan, journal, options)
    expect(await readdir(join(library, 'New'))).toEqual(expect.arrayContaining(['0.ogg']))
  })
})

onVolumes('a volume that vanishes', () => {
  let scene: Scene
  let volume: string

  /** The library is a volume at its place: what is written below it while it is away would land in the empty folder. */
  beforeEach(async () => {
    scene = await makeScene(place, 'other content')
    volume = join(place, 'volume')
    await rename(scene.library, volume)
    await mkdir(scene.library)
    attach()
  })

  function attach(): void {
    mount('--bind', volume, scene.library)
    mounted.push(scene.library)
  }

  function detach(): void {
    unmount(mounted.pop() ?? '')
  }

  test('before the placement: nothing is written, and it goes on when the volume is back', async () => {
    detach()
    const attempt = () => placeAll(scene.plan, journal, { guard: guardOf(scene) })
    expect(await attempt().catch((error) => error)).toMatchObject({ kind: 'retryable', code: 'root_not_mounted' })
    expect(await readdir(scene.library)).toEqual([])
    attach()
    await attempt()
    await finishAll(journal)
    expect(await snapshot(scene.library)).toEqual(scene.after)
  })

  test.each([1, 2, 3, 4])('before rename %d: nothing counts as taken back until the volume is', async (at) => {
    let renames = 0
    const leaving: FileSystem = {
      ...nodeFileSystem,
      rename: async (from, to) => {
        renames += 1
        if (renames === at) detach()
        await nodeFileSystem.rename(from, to)
      },
    }
    const guard = guardOf(scene)
    const error = await placeAll(scene.plan, journal, { fs: leaving, guard }).catch((error) => error)
    expect(error).toMatchObject({ kind: 'retryable', rollback: 'pending' })
    await expect(rollbackAll(journal, nodeFileSystem, guard)).rejects.toMatchObject({ code: 'root_not_mounted' })
    expect(await readdir(scene.library)).toEqual([])
    attach()
    await rollbackAll(journal, nodeFileSystem, guard)
    expect(await snapshot(scene.library)).toEqual(scene.before)
  })

  test('before the finish: the old file is removed when the volume is back', async () => {
    await placeAll(scene.plan, journal, { guard: guardOf(scene) })
    detach()
    await expect(finishAll(journal, nodeFileSystem, guardOf(scene))).rejects.toMatchObject({ code: 'root_not_mounted' })
    attach()
    await finishAll(journal, nodeFileSystem, guardOf(scene))
    expect(await snapshot(scene.library)).toEqual(scene.after)
    expect(await readFile(join(scene.library, 'Artist/1.ogg'), 'utf8')).toBe('new Artist/1.ogg')
  })
})
