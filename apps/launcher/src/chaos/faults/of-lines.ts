import type { TcpProxy } from '@torrentino/testkit'
import type { Random } from '../random.js'
import type { World } from '../world.js'
import { type Fault, forAWhile, secs } from './fault.js'

const anyLine = (world: World, random: Random) => random.pick(Object.keys(world.lines))

function each({ lines }: World, name: string, work: (line: TcpProxy) => void): void {
  for (const line of lines[name] ?? []) work(line)
}

export const LINE_FAULTS: Fault[] = [
  {
    weight: 4,
    target: anyLine,
    async run(world, _random, name) {
      world.chronicle.note(`all lines to ${name} cut`)
      each(world, name, (line) => line.cut())
    },
  },
  {
    weight: 3,
    target: anyLine,
    async run(world, random, name) {
      const close = (closed: boolean) =>
        each(world, name, (line) => {
          line.closed = closed
          line.cut()
        })
      await forAWhile(
        world,
        `${name} cannot be reached`,
        secs(random, 0.5, 5),
        () => close(true),
        () => close(false),
      )
    },
  },
  {
    weight: 3,
    target: anyLine,
    async run(world, random, name) {
      const beSilent = (silent: boolean) => each(world, name, (line) => Object.assign(line, { silent }))
      await forAWhile(
        world,
        `${name} is silent`,
        secs(random, 0.5, 6),
        () => beSilent(true),
        () => beSilent(false),
      )
    },
  },
  {
    weight: 2,
    target: anyLine,
    async run(world, random, name) {
      const ms = 5 + random.below(100)
      const beLate = (delayMs: number) => each(world, name, (line) => Object.assign(line, { delayMs }))
      await forAWhile(
        world,
        `${name} answers ${2 * ms} ms late`,
        secs(random, 1, 5),
        () => beLate(ms),
        () => beLate(0),
      )
    },
  },
]
