import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Crash, type Fault, inject, memoryJournal } from '../test-support/faulty-file-system.js'
import { guardOf, makeScene, type Scene, snapshot } from '../test-support/placement-scene.js'
import { useFolder } from '../test-support/use-folder.js'
import type { FileSystem } from './file-system.js'
import { finishAll } from './finish-files.js'
import type { PlacementJournal } from './journal.js'
import { type PlacementOptions, placeAll } from './place-files.js'
import { PlacementError } from './placement-error.js'
import { rollbackAll } from './roll-back-files.js'

const folder = useFolder('/dev/shm')
let counter = 0

type Taken = 'other content' | 'same content'
type Recovery = 'forward' | 'backward'
type Options = (scene: Scene) => Pick<PlacementOptions, 'access' | 'workFolder'>
interface Way {
  taken: Taken
  changes: Partial<FileSystem>
  options: Options
}
const anotherDisk: Partial<FileSystem> = {
  link: async () => {
    throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' })
  },
}
const access = { fileMode: 0o640, folderMode: 0o750, owner: process.getuid?.(), group: process.getgid?.() }
const ours: Options = ({ work }) => ({ workFolder: work, access })
const theirs: Options = () => ({ access })
const clone: FileSystem['clone'] = (from, to) => copyFile(from, to)
const OURS: [string, Way] = ['links of our own files', { taken: 'other content', changes: {}, options: ours }]
const COPIES: [string, Way] = ['copies', { taken: 'other content', changes: anotherDisk, options: theirs }]
const CLONES: [string, Way] = ['clones over the same content', { taken: 'same content', changes: { clone }, options: theirs }]

async function newScene(taken: Taken): Promise<Scene & { original: bigint }> {
  const path = join(folder.path, `scene-${counter++}`)
  await mkdir(path)
  const scene = await makeScene(path, taken)
  return { ...scene, original: await identity(scene) }
}

async function identity({ library }: Scene): Promise<bigint> {
  return (await stat(join(library, 'Artist/1.ogg'), { bigint: true })).ino
}

/** After an operation, which is as good as before the next. */
function crashAt(at: number): Fault {
  return { at, when: 'after', error: () => new Crash(`at operation ${at}`), lasts: true }
}

const AT_ONCE = 8

/** Does it for the first operation, the second, and so on until one is not reached; tells how many were. */
async function atEach(attempt: (at: number) => Promise<boolean>): Promise<number> {
  for (let done = 0; ; done += AT_ONCE) {
    const reached = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => attempt(done + index + 1)))
    const end = reached.indexOf(false)
    if (end >= 0) return done + end
  }
}

async function expectAll(scene: Scene, journal: PlacementJournal): Promise<void> {
  await finishAll(journal)
  await finishAll(journal)
  expect(await snapshot(scene.library)).toEqual(scene.after)
  for (const { source } of scene.plan.items) expect((await stat(source)).isFile()).toBe(true)
}

async function expectNothing(scene: Scene & { original: bigint }): Promise<void> {
  expect(await snapshot(scene.library)).toEqual(scene.before)
  expect(await identity(scene)).toBe(scene.original)
  for (const { source } of scene.plan.items) expect((await stat(source)).isFile()).toBe(true)
}

async function recover(way: Recovery, scene: Scene & { original: bigint }, journal: PlacementJournal, { changes, options }: Way) {
  const { fs } = inject(journal, null, changes)
  if (way === 'forward') {
    await placeAll(scene.plan, journal, { ...options(scene), fs, guard: guardOf(scene, fs) })
    return expectAll(scene, journal)
  }
  await rollbackAll(journal, fs, guardOf(scene, fs))
  await expectNothing(scene)
  await rollbackAll(journal, fs, guardOf(scene, fs))
  await expectNothing(scene)
}

describe.each([OURS, COPIES, CLONES])('with %s', (_name, way) => {
  const { taken, changes, options } = way
  test.each<Recovery>(['forward', 'backward'])('a crash after any operation of a placement is recovered %s', async (recovery) => {
    const crashes = await atEach(async (at) => {
      const scene = await newScene(taken)
      const journal = memoryJournal()
      const faulty = inject(journal, crashAt(at), changes)
      await placeAll(scene.plan, faulty.journal, { ...options(scene), fs: faulty.fs, guard: guardOf(scene, faulty.fs) }).catch((error) =>
        expect(error).toBeInstanceOf(PlacementError),
      )
      await recover(recovery, scene, journal, way)
      return faulty.struck()
    })
    expect(crashes).toBeGreaterThan(40)
  })
})

describe.each([OURS, COPIES, CLONES])('with %s', (_name, way) => {
  const { taken, changes, options } = way
  test('any chain of crashes in placements and rollbacks ends in all or nothing', async () => {
    const step = fc.record({
      recovery: fc.constantFrom<Recovery>('forward', 'backward'),
      at: fc.integer({ min: 1, max: 130 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<Recovery>('forward', 'backward'),
        async (steps, last) => {
          const scene = await newScene(taken)
          const journal = memoryJournal()
          for (const { recovery, at } of steps) {
            const faulty = inject(journal, crashAt(at), changes)
            const guard = guardOf(scene, faulty.fs)
            const run =
              recovery === 'forward'
                ? placeAll(scene.plan, faulty.journal, { ...options(scene), fs: faulty.fs, guard })
                : rollbackAll(faulty.journal, faulty.fs, guard)
            await run.catch(() => expect(faulty.struck()).toBe(true))
          }
          await recover(last, scene, journal, way)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe.each([OURS, CLONES])('with %s', (_name, way) => {
  const { taken, changes, options } = way
  test.each<Recovery>(['forward', 'backward'])('a crash after any operation of a rollback is recovered %s', async (recovery) => {
    const crashes = await atEach(async (at) => {
      const scene = await newScene(taken)
      const journal = memoryJournal()
      await placeAll(scene.plan, journal, { ...options(scene), fs: inject(journal, null, changes).fs })
      const faulty = inject(journal, crashAt(at), changes)
      await rollbackAll(faulty.journal, faulty.fs, guardOf(scene, faulty.fs)).catch((error) => expect(error).toBeInstanceOf(Crash))
      await recover(recovery, scene, journal, way)
      return faulty.struck()
    })
    expect(crashes).toBeGreaterThan(20)
  })
})

describe.each([OURS])('with %s', (_name, { taken, changes, options }) => {
  test('a crash after any operation of the finish leaves the files and, at last, no backup', async () => {
    const crashes = await atEach(async (at) => {
      const scene = await newScene(taken)
      const journal = memoryJournal()
      await placeAll(scene.plan, journal, { ...options(scene), fs: inject(journal, null, changes).fs })
      const faulty = inject(journal, crashAt(at), changes)
      await finishAll(faulty.journal, faulty.fs, guardOf(scene, faulty.fs)).catch((error) => expect(error).toBeInstanceOf(Crash))
      await expectAll(scene, journal)
      return faulty.struck()
    })
    expect(crashes).toBeGreaterThan(3)
  })
})

test.each<[Fault['when'], ...typeof OURS]>([
  ['after', ...OURS],
  ['before', ...COPIES],
])('an error %s any operation with %s rolls everything back at once', async (when, _name, way) => {
  const { taken, changes, options } = way
  const errors = await atEach(async (at) => {
    const scene = await newScene(taken)
    const journal = memoryJournal()
    const broken = () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
    const faulty = inject(journal, { at, when, error: broken, lasts: false }, changes)
    const error: unknown = await placeAll(scene.plan, faulty.journal, {
      ...options(scene),
      fs: faulty.fs,
      guard: guardOf(scene, faulty.fs),
    }).catch((error) => error)
    if (!faulty.struck()) return false
    // A disk that cannot link for whatever reason gets a copy; every other error is one.
    expect(error).toMatchObject({ kind: 'retryable', rollback: 'rolled_back' })
    await expectNothing(scene)
    await recover('forward', scene, journal, way)
    return true
  })
  expect(errors).toBeGreaterThan(40)
})
