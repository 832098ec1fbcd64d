import type { Hint } from '@torrentino/bus'
import { noteConfigFaults, openKit, stageHandler, warmingBudget, work } from '@torrentino/pipeline'
import { openHttpClient, openSearchers } from '@torrentino/providers'
import { runProcess, torrentClients } from '@torrentino/runtime'
import { createDownloadStage } from './download-stage.js'
import { createHoldings, type Holdings } from './holdings.js'
import { createHomes } from './pool/homes.js'
import { openPool } from './pool/pool.js'
import { poolHealth, tellHealth } from './pool/pool-health.js'
import { createStarter } from './pool/start-client.js'
import { createShortage } from './shortage.js'
import { createSlots } from './slots.js'

// A download waits for its swarm without using the process: many fit, the places in Redis set the real limit. Those who need
// none, the paused and those whose files are here, are not to wait for those who have one.
const WITHOUT_PLACE = 200

await runProcess(
  'download-worker',
  async (ctx) => {
    let holdings: Holdings | undefined
    const kit = await openKit(ctx, (hint: Hint) => holdings?.onHint(hint))
    const { torrent, processing, matcher } = ctx.config
    // Leases are given up after the engine has let go of the files.
    ctx.onStop('holdings', () => holdings?.close() ?? Promise.resolve())
    const http = openHttpClient(ctx)
    const pool = await openPool(torrentClients(ctx.config), {
      open: createStarter(ctx, http),
      signal: ctx.signal,
      onFault: (client, error) => ctx.log.error('torrent client not started', { client, error }),
    })
    ctx.onStop('torrent clients', () => pool.close())
    ctx.onReady('torrent clients', () => poolHealth(pool))
    ctx.onStop('health of the clients', tellHealth(pool, kit.bus))
    const { torrents, catalog, tickets, candidates, audit, warming } = kit.store
    const budget = warmingBudget(ctx.config)
    const leaseMs = processing.lock_secs * 1000
    const homes = createHomes({ pool, torrents, leases: kit.bus.leases, leaseMs })
    holdings = createHoldings({
      ...{ torrents, bus: kit.bus, pool, homes, owner: ctx.instanceId, policy: torrent.cleanup_policy, log: ctx.log },
      ...{ leaseMs, signal: ctx.signal, catalog, budgetBytes: torrent.storage_budget_gb * 1e9 },
    })
    const stage = createDownloadStage({
      torrents,
      catalog,
      tickets,
      candidates,
      audit,
      bus: kit.bus,
      holdings,
      homes,
      shortage: createShortage(),
      slots: createSlots({ bus: kit.bus, tickets, places: processing.max_parallel_downloads, leaseMs, log: ctx.log }),
      searchers: openSearchers(ctx, http, kit.bus),
      reserve: (infoHash, bytes) => warming.reserve(infoHash, bytes, budget),
      downloadPath: torrent.download_path,
      metadataTimeoutMs: torrent.metadata_timeout_secs * 1000,
      stallTimeoutMs: torrent.stall_timeout_secs * 1000,
      maxAttempts: processing.retry_max_attempts,
      autoApproveThreshold: matcher.auto_approve_threshold,
      actor: ctx.service,
    })
    work(kit, {
      queue: 'download',
      concurrency: processing.max_parallel_downloads + WITHOUT_PLACE,
      graceMs: 0,
      handle: stageHandler(stage, kit, kit.runs),
    })
  },
  noteConfigFaults,
)
