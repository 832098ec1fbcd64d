import { type Fault, forAWhile, secs } from './fault.js'

export const SERVER_FAULTS: Fault[] = [
  {
    weight: 3,
    target: () => 'redis',
    async run({ it, chronicle }) {
      chronicle.note('Redis is emptied')
      await it.redis.flushAll()
    },
  },
  {
    weight: 2,
    target: () => 'redis',
    async run(world, random) {
      const { redis } = world.it
      const emptied = random.chance(0.5)
      await forAWhile(
        world,
        `Redis is killed${emptied ? ' and comes back empty' : ''}`,
        secs(random, 0, 4),
        () => redis.kill(),
        async () => {
          await redis.start()
          if (emptied) await redis.flushAll()
        },
      )
    },
  },
  {
    weight: 2,
    target: () => 'postgres',
    async run(world, random) {
      const { postgres } = world.it
      const killed = random.chance(0.5)
      await forAWhile(
        world,
        `PostgreSQL is ${killed ? 'killed' : 'stopped'}`,
        secs(random, 0, 3),
        () => (killed ? postgres.kill() : postgres.stop()),
        () => postgres.start(),
      )
    },
  },
]

export const QBITTORRENT_FAULTS: Fault[] = [
  {
    weight: 3,
    target: () => 'qbittorrent',
    async run(world, random) {
      const { qbittorrent } = world
      await forAWhile(
        world,
        'qBittorrent is killed',
        secs(random, 0, 4),
        () => qbittorrent?.kill(),
        () => qbittorrent?.start(),
      )
    },
  },
]
