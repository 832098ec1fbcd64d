import { createRootGuard, probeMedia } from '@torrentino/media'
import { cleanupHandler, noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { findProgram, runProcess } from '@torrentino/runtime'
import { createCleanUp } from './clean-up.js'
import { fileAccessOf } from './file-access.js'
import { createPlaceStage } from './place-stage.js'
import { watchDisks } from './watch-disks.js'

/** Of this many tickets one must have left something, for a root without a mark to be the one of old. */
const EARLIER = 20

await runProcess(
  'place-worker',
  async (ctx) => {
    const { config } = ctx
    const ffprobePath = await findProgram('ffprobe', config.converter.ffprobe_path)
    const kit = await openKit(ctx)
    const { placement, items, torrents, tickets } = kit.store
    const fileLimitMs = config.media.timeout_secs * 1000
    const files = {
      placement,
      leases: kit.bus.leases,
      leaseMs: config.processing.lock_secs * 1000,
      roots: config.media.roots,
      workFolder: config.converter.temp_dir,
      guard: createRootGuard({
        roots: config.media.roots,
        placedBefore: (root) => tickets.placedBelow(root, EARLIER),
        limitMs: fileLimitMs,
      }),
      fileLimitMs,
    }
    const cleanUp = createCleanUp({ ...files, torrents, publish: kit.bus.publish })
    const stage = createPlaceStage({
      ...files,
      items,
      publish: kit.bus.publish,
      audit: kit.store.audit,
      actor: ctx.service,
      log: ctx.log,
      access: fileAccessOf(config.media),
      check: (path, signal) => probeMedia(path, { ffprobePath, signal }),
      afterEnd: async (ticket) => {
        await cleanUp(ticket)
        await tickets.endCleanup(ticket.id, ticket.stageVersion)
      },
    })
    watchDisks(ctx.metrics, [config.torrent.download_path, config.converter.temp_dir, ...config.media.roots])
    const concurrency = config.processing.worker_concurrency
    work(kit, { queue: 'place', concurrency, graceMs: 5000, handle: stageHandler(stage, kit, kit.runs) })
    work(kit, { queue: 'cleanup', concurrency, graceMs: 5000, handle: cleanupHandler(cleanUp, kit) })
  },
  noteConfigFaults,
)
