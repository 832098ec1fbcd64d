import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { TorrentCandidate } from '@torrentino/domain'
import { z } from 'zod'
import type { SearchQuery } from '../searchers/searcher.js'
import { fromState, type SharedState } from './shared-state.js'

const MAX_CANDIDATES = 500
const MAX_BYTES = 512 * 1024
const MAX_UNPACKED = 16 * 1024 * 1024
// One that asks for all must say so more often than that; when it dies, another one takes over.
const LEASE_MS = 6000
const POLL_MS = 100

// An incomplete answer serves those who ask at about the same time, and a ticket that waits and comes back.
const MAX_PARTIAL_MS = 60_000

const Stored = z.object({ candidates: z.array(TorrentCandidate).max(MAX_CANDIDATES), partial: z.string().optional() })
type Stored = z.infer<typeof Stored>
const pack = promisify(deflate)
const unpack = promisify(inflate)

export interface Answer extends Stored {
  /** Somebody else has asked, or we have a while ago. */
  cached: boolean
}

type State = Pick<SharedState, 'memory' | 'leases'>

interface How {
  indexer: string
  key: string
  ttlMs: number
  signal: AbortSignal
}

/** Equal searches of a while, also those of the same moment in other replicas, cost one request. Failures are not remembered, but `ask` hears how long it was waited for the answer of somebody else. */
export async function rememberedAnswer(
  state: State,
  { indexer, key, ttlMs, signal }: How,
  ask: (how: { waitedMs: number }) => Promise<Stored>,
): Promise<Answer> {
  if (ttlMs <= 0) return { ...(await ask({ waitedMs: 0 })), cached: false }
  const began = performance.now()
  let hasWaited = false
  const owner = randomUUID()
  const recall = () => fromState(indexer, signal, read(state, key))
  for (;;) {
    const before = await recall()
    if (before) return { ...before, cached: true }
    if (await fromState(indexer, signal, state.leases.take(key, owner, 1, LEASE_MS))) break
    hasWaited = true
    await delay(POLL_MS, undefined, { signal })
  }
  const alive = setInterval(() => void state.leases.renew(key, owner, LEASE_MS).catch(() => {}), LEASE_MS / 3)
  try {
    // The one before us may have ended between our look and its letting go.
    const meanwhile = await recall()
    if (meanwhile) return { ...meanwhile, cached: true }
    const answer = await ask({ waitedMs: hasWaited ? performance.now() - began : 0 })
    await write(state, key, answer, answer.partial === undefined ? ttlMs : Math.min(ttlMs, MAX_PARTIAL_MS))
    return { ...answer, cached: false }
  } finally {
    clearInterval(alive)
    await state.leases.release(key, owner).catch(() => {})
  }
}

/** The same words to the same indexer in the same way, whoever asks. The key of the indexer is no part of it. */
export function answerKey(indexer: { name: string; kind: string; url: string; categories: readonly number[] }, query: SearchQuery): string {
  const plain = (text: string | undefined) => text?.normalize('NFC').toLowerCase().trim().replace(/\s+/g, ' ') ?? ''
  const { name, kind, url, categories } = indexer
  const asked = [plain(query.text), plain(query.artist), plain(query.album), query.year ?? '']
  const text = JSON.stringify([name, kind, url, [...categories].sort((a, b) => a - b), ...asked])
  return `search:${createHash('sha256').update(text).digest('base64url')}`
}

async function read({ memory }: State, key: string): Promise<Stored | null> {
  const packed = await memory.get(key)
  if (packed === null) return null
  try {
    return Stored.parse(JSON.parse((await unpack(packed, { maxOutputLength: MAX_UNPACKED })).toString()))
  } catch {
    // Written by another version of us: asked again.
    return null
  }
}

/** An answer that cannot be kept is used all the same. Of a big one the best seeded half is kept, and so on. */
async function write({ memory }: State, key: string, { candidates, partial }: Stored, ttlMs: number): Promise<void> {
  let kept = candidates.length > MAX_CANDIDATES ? bestSeeded(candidates, MAX_CANDIDATES) : candidates
  let packed = await pack(JSON.stringify({ candidates: kept, partial }))
  while (packed.length > MAX_BYTES && kept.length > 1) {
    kept = bestSeeded(kept, Math.floor(kept.length / 2))
    packed = await pack(JSON.stringify({ candidates: kept, partial }))
  }
  if (packed.length <= MAX_BYTES) await memory.put(key, packed, ttlMs).catch(() => {})
}

function bestSeeded(candidates: TorrentCandidate[], count: number): TorrentCandidate[] {
  return candidates.toSorted((a, b) => b.seeders - a.seeders).slice(0, count)
}
