import { mkdir } from 'node:fs/promises'
import type { Hint } from '@torrentino/bus'
import { noteConfigFaults, openKit, stageHandler, warmingBudget, work } from '@torrentino/pipeline'
import { openHttpClient, openSearchers } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createDownloadStage } from './download-stage.js'
import { createHoldings, type Holdings } from './holdings.js'
import { openEngine } from './open-engine.js'
import { createSlots } from './slots.js'
import { createSpace } from './space.js'

// A download waits for its swarm without using the process: many fit, the places in Redis set the real limit.
const CONCURRENCY = 500

await runProcess(
  'download-worker',
  async (ctx) => {
    let holdings: Holdings | undefined
    const kit = await openKit(ctx, (hint: Hint) => holdings?.onHint(hint))
    const { torrent, processing, matcher } = ctx.config
    await mkdir(torrent.download_path, { recursive: true })
    // Leases are given up after the engine has let go of the files.
    ctx.onStop('holdings', () => holdings?.close() ?? Promise.resolve())
    const http = openHttpClient(ctx)
    const client = await openEngine(ctx, http)
    ctx.onStop('torrent engine', () => client.close())
    ctx.onReady('torrent engine', () => client.health())
    const { torrents, catalog, tickets, candidates, audit, warming } = kit.store
    const budget = warmingBudget(ctx.config)
    const leaseMs = processing.lock_secs * 1000
    holdings = createHoldings({
      ...{ torrents, bus: kit.bus, client, owner: ctx.instanceId, policy: torrent.cleanup_policy, log: ctx.log },
      ...{ leaseMs, signal: ctx.signal, catalog, budgetBytes: torrent.storage_budget_gb * 1e9 },
    })
    const stage = createDownloadStage({
      torrents,
      catalog,
      tickets,
      candidates,
      audit,
      bus: kit.bus,
      client,
      holdings,
      slots: createSlots({ bus: kit.bus, tickets, places: processing.max_parallel_downloads, leaseMs, log: ctx.log }),
      space: createSpace(torrent.download_path, torrent.min_free_gb * 1e9),
      searchers: openSearchers(ctx, http, kit.bus),
      reserve: (infoHash, bytes) => warming.reserve(infoHash, bytes, budget),
      downloadPath: torrent.download_path,
      metadataTimeoutMs: torrent.metadata_timeout_secs * 1000,
      stallTimeoutMs: torrent.stall_timeout_secs * 1000,
      maxAttempts: processing.retry_max_attempts,
      autoApproveThreshold: matcher.auto_approve_threshold,
      actor: ctx.service,
    })
    work(kit, { queue: 'download', concurrency: CONCURRENCY, graceMs: 0, handle: stageHandler(stage, kit, kit.runs) })
  },
  noteConfigFaults,
)
