import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@torrentino/testkit'
import { barrierAtJournal } from './barriers.js'
import type { Hold } from './gate.js'
import type { Scene } from './scenes.js'
import type { TestSystem } from './test-system.js'

export const WORKERS = {
  search: { process: 'search-worker', lastStep: 'matching' },
  match: { process: 'match-worker', lastStep: 'auto_approved' },
  download: { process: 'download-worker', lastStep: 'converting' },
  convert: { process: 'convert-worker', lastStep: 'placing' },
  place: { process: 'place-worker', lastStep: 'completed' },
} as const
export type WorkStage = keyof typeof WORKERS
export const WORK_STAGES = Object.keys(WORKERS) as WorkStage[]

/** Keeps the worker of a stage in the middle of its work on this ticket, which no other may wish to load at the same time. */
export async function holdInside(it: TestSystem, stage: WorkStage, scene: Scene, ticketId: string): Promise<Hold> {
  switch (stage) {
    case 'search':
      return scene.gate.hold((path) => isSearchFor(scene.album.artist, path))
    case 'match':
      return scene.gate.hold((path) => path.startsWith('/dl/'))
    case 'download':
      return holdSource(scene)
    case 'convert':
      return it.ffmpeg.hold(ticketId)
    case 'place':
      return holdJournal(it, ticketId)
  }
}

export async function arrived(hold: Hold, times = 1, timeoutMs = 120_000): Promise<void> {
  await waitFor(`arrival ${times}`, async () => (await hold.arrivals()) >= times, timeoutMs)
}

/** Resolves when the engine has written something of the torrent, which then must be a slow one; unfinished files may have another ending. */
export async function transferBegun({ folders }: TestSystem, { infoHash }: Scene): Promise<void> {
  await waitFor(
    'the transfer',
    async () => (await filesOf(join(folders.downloads, infoHash))).some((path) => path.includes('.flac')),
    30_000,
  )
}

function filesOf(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true }).catch(() => [])
}

function isSearchFor(artist: string, path: string): boolean {
  const asked = new URL(path, 'http://gate').searchParams.get('q') ?? ''
  return asked.toLowerCase().includes(artist.toLowerCase())
}

/** The first who asks for the torrent file is the match worker, the next one the download worker. */
function holdSource({ gate }: Scene): Hold {
  let matched = false
  return gate.hold((path) => {
    if (!path.startsWith('/dl/')) return false
    if (matched) return true
    matched = true
    return false
  })
}

/** All files stand at their destination, and the journal does not know it yet. */
async function holdJournal(it: TestSystem, ticketId: string): Promise<Hold> {
  const barrier = await barrierAtJournal(it, ticketId, 'placed')
  const seen = new Set<number>()
  return {
    async arrivals() {
      for (const pid of await barrier.waiting()) seen.add(pid)
      return seen.size
    },
    release: () => barrier.lift(),
  }
}
