import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TorznabFault } from '@torrentino/testkit'
import { type Fault, forAWhile, secs } from './fault.js'

const INDEXER_FAULTS: TorznabFault[] = [
  { kind: 'error', code: 900, description: 'internal error' },
  { kind: 'status', status: 503 },
  { kind: 'rate_limited', retryAfter: '1' },
  { kind: 'html' },
  { kind: 'truncated' },
  { kind: 'huge', bytes: 20_000_000 },
  { kind: 'entity_bomb' },
  { kind: 'held' },
  { kind: 'held_body' },
  { kind: 'reset' },
]

export const SURROUNDING_FAULTS: Fault[] = [
  {
    weight: 5,
    target: ({ it }, random) => `indexer of ${random.pick(it.scenes).album.artist}`,
    async run(world, random, target) {
      const scene = world.it.scenes.find(({ album }) => target.endsWith(album.artist))
      const fault = random.pick(INDEXER_FAULTS)
      await forAWhile(
        world,
        `${target} is broken (${fault.kind})`,
        secs(random, 1, 6),
        () => scene?.setFault(fault),
        () => scene?.setFault(undefined),
      )
    },
  },
  {
    weight: 4,
    target: () => 'ffmpeg',
    async run(world, random) {
      const how = random.chance(0.6) ? 'spoil' : 'hold'
      let end: (() => Promise<void>) | undefined
      await forAWhile(
        world,
        how === 'spoil' ? 'ffmpeg fails' : 'ffmpeg hangs',
        secs(random, 0.5, 4),
        async () => {
          end = await world.it.ffmpeg.failAll(how)
        },
        () => end?.(),
      )
    },
  },
  {
    weight: 1,
    target: () => 'consumer',
    async run(world, random) {
      const { consumer } = world
      const setBroken = (broken: boolean) => {
        consumer.broken = broken
      }
      await forAWhile(
        world,
        'the consumer of webhooks refuses everything',
        secs(random, 0.5, 4),
        () => setBroken(true),
        () => setBroken(false),
      )
    },
  },
]

export const DISK_FAULTS: Fault[] = [
  {
    weight: 4,
    target: () => 'disk',
    async run(world, random) {
      const filler = join(world.disk?.folder ?? '', 'filler')
      await forAWhile(
        world,
        'the disk is full',
        secs(random, 0.5, 4),
        () => fill(filler),
        () => rm(filler, { force: true }),
      )
    },
  },
]

/** Takes what there is, down to the last small piece. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (let size = 1 << 20; size >= 4096; ) {
      const whole = await file.write(Buffer.alloc(size)).then(
        ({ bytesWritten }) => bytesWritten === size,
        () => false,
      )
      if (!whole) size >>= 4
    }
  } finally {
    await file.close()
  }
}
