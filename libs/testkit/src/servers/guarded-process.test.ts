import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, constants, openSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type GuardedOptions, type GuardedProcess, markedProcesses, spawnGuarded } from './guarded-process.js'
import { commandLineOf } from './running-process.js'
import { temporaryFolder } from './test-run.js'
import { waitFor } from './wait-for.js'

const started: GuardedProcess[] = []
const pipes: number[] = []

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.signal('SIGKILL')
    await child.exited
  }
  for (const pipe of pipes.splice(0)) closeSync(pipe)
})

function shell(script: string, options: GuardedOptions = {}): GuardedProcess {
  const child = spawnGuarded(['/bin/sh', '-c', script], options)
  started.push(child)
  return child
}

/** What a parent holds that may die: its end is the end of the parent. */
async function parentPipe(): Promise<{ lifeline: number; die(): void }> {
  const folder = await temporaryFolder('guarded')
  execFileSync('mkfifo', [join(folder, 'alive')])
  const held = openSync(join(folder, 'alive'), constants.O_RDWR | constants.O_NONBLOCK)
  const lifeline = openSync(join(folder, 'alive'), 'r')
  await rm(folder, { recursive: true })
  pipes.push(lifeline)
  return { lifeline, die: () => closeSync(held) }
}

/** A grandchild that no kill of the group reaches, as ffmpeg and aria2 are. */
const WITH_FAR_CHILD = 'setsid sleep 599 & '

async function hasFarChild(mark: string): Promise<boolean> {
  const lines = await Promise.all((await markedProcesses(mark)).map(commandLineOf))
  return lines.includes('sleep 599')
}

async function withFarChild(script: string, options: GuardedOptions = {}) {
  const mark = randomUUID()
  const child = shell(`${WITH_FAR_CHILD}${script}`, { ...options, mark })
  await waitFor('the far child', () => hasFarChild(mark))
  return { child, mark }
}

describe.each([
  ['that goes when asked', 'exec sleep 600'],
  ['that does not listen', 'trap "" TERM; while :; do sleep 1; done'],
])('a process %s', (_, script) => {
  test('does not outlive its parent, nor do its children', async () => {
    const { lifeline, die } = await parentPipe()
    const mark = randomUUID()
    shell(`${WITH_FAR_CHILD}${script}`, { lifeline, mark, graceMs: 200 })
    await waitFor('the far child', () => hasFarChild(mark))
    die()
    await waitFor('the end of all', async () => (await markedProcesses(mark)).length === 0)
  })

  test('is stopped with its children', async () => {
    const { child, mark } = await withFarChild(script, { graceMs: 200 })
    await child.stop()
    expect(await markedProcesses(mark)).toEqual([])
  })
})

test('the children of a killed process are gone when its end is told', async () => {
  const { child, mark } = await withFarChild('exec sleep 600')
  child.signal('SIGKILL')
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
  expect(await markedProcesses(mark)).toEqual([])
})

test('the guardian goes with the process', async () => {
  const child = shell('exec sleep 600')
  await child.stop()
  const group = () => execFileSync('/bin/sh', ['-c', `ps -eo pgid= | grep -cw ${child.pid} || true`], { encoding: 'utf8' }).trim()
  await waitFor('an empty group', () => group() === '0')
  expect(await commandLineOf(child.pid)).toBeUndefined()
})

test('a line without end comes in pieces', async () => {
  const lengths: number[] = []
  const child = shell(`head -c 40000 /dev/zero | tr '\\0' x`, { onLine: (line) => lengths.push(line.length) })
  await child.exited
  expect(lengths).toEqual([16_384, 16_384, 7232])
})

test.each([
  ['lines', 'echo one; echo two >&2; printf three', ['one', 'three', 'two']],
  ['many bytes of one letter, whole', `printf 'a\\303'; sleep 0.05; printf '\\244'`, ['aä']],
])('the output comes as %s', async (_, script, expected) => {
  const lines: string[] = []
  const child = shell(script, { onLine: (line) => lines.push(line) })
  expect(await child.exited).toEqual({ code: 0, signal: null })
  expect(lines.sort()).toEqual(expected)
})

test('a program that is not there ends with the code of the shell', async () => {
  const child = spawnGuarded(['/no/such/program'])
  expect((await child.exited).code).toBe(127)
})
