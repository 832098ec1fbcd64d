import { processesOf } from '../../system-tests/support/processes.js'
import type { Random } from '../random.js'
import type { World } from '../world.js'
import { type Fault, forAWhile, secs } from './fault.js'

const anyProcess = ({ it }: World, random: Random) => random.pick(it.system.processes()).name

export const PROCESS_FAULTS: Fault[] = [
  {
    weight: 10,
    target: anyProcess,
    async run({ it, chronicle }, _random, name) {
      if (isUp(it, name)) chronicle.note(`kill -9 ${name} (${it.system.kill(name)})`)
    },
  },
  {
    // Longer than its lock lasts, mostly.
    weight: 6,
    target: anyProcess,
    async run(world, random, name) {
      const pid = world.it.system.pid(name)
      if (pid === undefined) return
      const signal = (what: NodeJS.Signals) => world.it.system.pid(name) === pid && world.it.system.kill(name, what)
      await forAWhile(
        world,
        `${name} suspended`,
        secs(random, 1, 6),
        () => signal('SIGSTOP'),
        () => signal('SIGCONT'),
      )
    },
  },
  {
    weight: 4,
    target: anyProcess,
    async run({ it, chronicle }, _random, name) {
      if (isUp(it, name)) await chronicle.during(`orderly restart of ${name}`, () => it.system.restart(name))
    },
  },
  {
    weight: 4,
    target: () => 'engines',
    async run({ it, chronicle }, random) {
      const engines = (await processesOf(it.folders.downloads)).filter(({ line }) => line.includes('--conf-path'))
      if (engines.length === 0) return
      const { pid } = random.pick(engines)
      chronicle.note(`kill -9 torrent engine (${pid})`)
      killQuietly(pid, 'SIGKILL')
    },
  },
  {
    weight: 3,
    target: () => 'engines',
    async run(world, random) {
      const engines = (await processesOf(world.it.folders.downloads)).filter(({ line }) => line.includes('--conf-path'))
      if (engines.length === 0) return
      const { pid } = random.pick(engines)
      await forAWhile(
        world,
        `torrent engine (${pid}) suspended`,
        secs(random, 1, 5),
        () => killQuietly(pid, 'SIGSTOP'),
        () => killQuietly(pid, 'SIGCONT'),
      )
    },
  },
]

function isUp(it: World['it'], name: string): boolean {
  return it.system.pid(name) !== undefined
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}
