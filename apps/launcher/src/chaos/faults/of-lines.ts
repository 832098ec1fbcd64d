import type { TcpProxy } from '@torrentino/testkit'
import type { Random } from '../random.js'
import type { World } from '../world.js'
import { type Fault, forAWhile, secs } from './fault.js'

const anyLine = (world: World, random: Random) => random.pick(Object.keys(world.lines))

function lineOf({ lines }: World, name: string): TcpProxy {
  const line = lines[name]
  if (!line) throw new Error(`there is no line to ${name}`)
  return line
}

export const LINE_FAULTS: Fault[] = [
  {
    weight: 4,
    target: anyLine,
    async run(world, _random, name) {
      world.chronicle.note(`all lines to ${name} cut`)
      lineOf(world, name).cut()
    },
  },
  {
    weight: 3,
    target: anyLine,
    async run(world, random, name) {
      const line = lineOf(world, name)
      const close = (closed: boolean) => {
        line.closed = closed
        line.cut()
      }
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
      const line = lineOf(world, name)
      await forAWhile(
        world,
        `${name} is silent`,
        secs(random, 0.5, 6),
        () => {
          line.silent = true
        },
        () => {
          line.silent = false
        },
      )
    },
  },
  {
    weight: 2,
    target: anyLine,
    async run(world, random, name) {
      const line = lineOf(world, name)
      const ms = 5 + random.below(100)
      await forAWhile(
        world,
        `${name} answers ${2 * ms} ms late`,
        secs(random, 1, 5),
        () => {
          line.delayMs = ms
        },
        () => {
          line.delayMs = 0
        },
      )
    },
  },
]
