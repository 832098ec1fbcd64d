import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Crash, type Fault, inject, memoryJournal } from '../test-support/faulty-file-system.js'
import { makeScene, type Scene, snapshot } from '../test-support/placement-scene.js'
import { useFolder } from '../test-support/use-folder.js'
import type { FileSystem } from './file-system.js'
import { finishAll } from './finish-files.js'
import type { PlacementJournal } from './journal.js'
import { placeAll } from './place-files.js'
import { PlacementError } from './placement-error.js'
import { rollbackAll } from './roll-back-files.js'

const folder = useFolder()
let counter = 0

type Taken = 'other content' | 'same content'
type Recovery = 'forward' | 'backward'
const anotherDisk: Partial<FileSystem> = {
  link: async () => {
    throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' })
  },
}
type Way = [name: string, taken: Taken, changes: Partial<FileSystem>]
const LINKS: Way = ['links', 'other content', {}]
const COPIES: Way = ['copies', 'other content', anotherDisk]
const SAME_CONTENT: Way = ['links over the same content', 'same content', {}]

async function newScene(taken: Taken): Promise<Scene & { original: bigint }> {
  const path = join(folder.path, `scene-${counter++}`)
  await mkdir(path)
  const scene = await makeScene(path, taken)
  return { ...scene, original: await identity(scene) }
}

async function identity({ library }: Scene): Promise<bigint> {
  return (await stat(join(library, 'Artist/1.ogg'), { bigint: true })).ino
}

function crashAt(at: number, when: Fault['when']): Fault {
  return { at, when, error: () => new Crash(`at operation ${at}`), lasts: true }
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

async function recover(way: Recovery, scene: Scene & { original: bigint }, journal: PlacementJournal, changes: Partial<FileSystem>) {
  const { fs } = inject(journal, null, changes)
  if (way === 'forward') {
    await placeAll(scene.plan, journal, { fs })
    return expectAll(scene, journal)
  }
  await rollbackAll(journal, fs)
  await expectNothing(scene)
  await rollbackAll(journal, fs)
  await expectNothing(scene)
}

describe.each([LINKS, COPIES, SAME_CONTENT])('with %s', (_name, taken, changes) => {
  test.each<[Fault['when'], Recovery]>([
    ['before', 'forward'],
    ['before', 'backward'],
    ['after', 'forward'],
    ['after', 'backward'],
  ])('a crash %s any operation of a placement is recovered %s', async (when, way) => {
    let crashes = 0
    for (let at = 1; ; at += 1) {
      const scene = await newScene(taken)
      const journal = memoryJournal()
      const faulty = inject(journal, crashAt(at, when), changes)
      await placeAll(scene.plan, faulty.journal, { fs: faulty.fs }).catch((error) => expect(error).toBeInstanceOf(PlacementError))
      await recover(way, scene, journal, changes)
      if (!faulty.struck()) break
      crashes += 1
    }
    expect(crashes).toBeGreaterThan(40)
  })

  test('any chain of crashes in placements and rollbacks ends in all or nothing', async () => {
    const step = fc.record({
      way: fc.constantFrom<Recovery>('forward', 'backward'),
      at: fc.integer({ min: 1, max: 90 }),
      after: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.constantFrom<Recovery>('forward', 'backward'),
        async (steps, last) => {
          const scene = await newScene(taken)
          const journal = memoryJournal()
          for (const { way, at, after } of steps) {
            const faulty = inject(journal, crashAt(at, after ? 'after' : 'before'), changes)
            const run = way === 'forward' ? placeAll(scene.plan, faulty.journal, { fs: faulty.fs }) : rollbackAll(faulty.journal, faulty.fs)
            await run.catch(() => expect(faulty.struck()).toBe(true))
          }
          await recover(last, scene, journal, changes)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe.each([LINKS, SAME_CONTENT])('with %s', (_name, taken, changes) => {
  test.each<[Fault['when'], Recovery]>([
    ['before', 'forward'],
    ['before', 'backward'],
    ['after', 'forward'],
    ['after', 'backward'],
  ])('a crash %s any operation of a rollback is recovered %s', async (when, way) => {
    let crashes = 0
    for (let at = 1; ; at += 1) {
      const scene = await newScene(taken)
      const journal = memoryJournal()
      await placeAll(scene.plan, journal, { fs: inject(journal, null, changes).fs })
      const faulty = inject(journal, crashAt(at, when), changes)
      await rollbackAll(faulty.journal, faulty.fs).catch((error) => expect(error).toBeInstanceOf(Crash))
      await recover(way, scene, journal, changes)
      if (!faulty.struck()) break
      crashes += 1
    }
    expect(crashes).toBeGreaterThan(20)
  })
})

describe.each([LINKS])('with %s', (_name, taken, changes) => {
  test.each<Fault['when']>(['before', 'after'])(
    'a crash %s any operation of the finish leaves the files and, at last, no backup',
    async (when) => {
      for (let at = 1; ; at += 1) {
        const scene = await newScene(taken)
        const journal = memoryJournal()
        await placeAll(scene.plan, journal, { fs: inject(journal, null, changes).fs })
        const faulty = inject(journal, crashAt(at, when), changes)
        await finishAll(faulty.journal, faulty.fs).catch((error) => expect(error).toBeInstanceOf(Crash))
        await expectAll(scene, journal)
        if (!faulty.struck()) break
        expect(at).toBeLessThan(100)
      }
    },
  )
})

describe.each([LINKS, COPIES])('with %s', (_name, taken, changes) => {
  test.each<Fault['when']>(['before', 'after'])('an error %s any operation rolls everything back at once', async (when) => {
    let errors = 0
    for (let at = 1; ; at += 1) {
      const scene = await newScene(taken)
      const journal = memoryJournal()
      const broken = () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
      const faulty = inject(journal, { at, when, error: broken, lasts: false }, changes)
      const error: unknown = await placeAll(scene.plan, faulty.journal, { fs: faulty.fs }).catch((error) => error)
      if (!faulty.struck()) break
      errors += 1
      // A disk that cannot link for whatever reason gets a copy; every other error is one.
      expect(error).toMatchObject({ kind: 'retryable', rollback: 'rolled_back' })
      await expectNothing(scene)
      await recover('forward', scene, journal, changes)
    }
    expect(errors).toBeGreaterThan(40)
  })
})
