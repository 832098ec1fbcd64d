import type { Bus, Hint } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import type { TorrentSearcher } from '@torrentino/providers'
import type { Store } from '@torrentino/store'
import type { DownloadFacts } from '../decide-download.js'
import { createDownloadStage } from '../download-stage.js'
import { createShortage } from '../shortage.js'
import { createSlots } from '../slots.js'
import { LEFT, QUIET, type TestWorker } from './test-worker.js'

export const FILES = ['Album/01 Track 1.flac', 'Album/02 Track 2.flac', 'Album/03 Track 3.flac', 'Album/cover.jpg']

/** Runs of the download stage in processes of the test. */
export function useDownloads(store: Store, bus: Bus) {
  const left = LEFT

  function runOn(worker: TestWorker, places = 10, searchers: TorrentSearcher[] = []) {
    const hints: Hint[] = []
    const stage = createDownloadStage({
      torrents: store.torrents,
      catalog: store.catalog,
      tickets: store.tickets,
      candidates: store.candidates,
      audit: store.audit,
      bus: { publish: { events: async () => {}, hint: async (hint) => void hints.push(hint) } },
      homes: worker.homes,
      shortage: createShortage(),
      holdings: worker.holdings,
      slots: createSlots({ bus, tickets: store.tickets, places, leaseMs: 10_000, log: QUIET }),
      searchers,
      reserve: async (_hash, bytes) => bytes <= left.room,
      downloadPath: '/downloads',
      metadataTimeoutMs: 10_000,
      stallTimeoutMs: 10_000,
      maxAttempts: 3,
      autoApproveThreshold: 0.85,
      actor: 'test',
    })
    const gather = (ticket: Ticket, stop = new AbortController()): Promise<DownloadFacts> =>
      stage.gather(ticket, { signal: stop.signal, now: () => new Date() })
    return { gather, hints }
  }

  return { runOn, left }
}
