import { cleanupHandler, noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { runProcess } from '@torrentino/runtime'
import { createCleanUp } from './clean-up.js'
import { createPlaceStage } from './place-stage.js'

await runProcess(
  'place-worker',
  async (ctx) => {
    const kit = await openKit(ctx)
    const { config } = ctx
    const { placement, items, torrents } = kit.store
    const files = {
      placement,
      leases: kit.bus.leases,
      leaseMs: config.processing.lock_secs * 1000,
      roots: config.media.roots,
      workFolder: config.converter.temp_dir,
    }
    const cleanUp = createCleanUp({ ...files, torrents, publish: kit.bus.publish })
    const stage = createPlaceStage({
      ...files,
      items,
      publish: kit.bus.publish,
      audit: kit.store.audit,
      actor: ctx.service,
      afterEnd: async (ticket) => {
        await cleanUp(ticket)
        await kit.store.tickets.endCleanup(ticket.id, ticket.stageVersion)
      },
    })
    const concurrency = config.processing.worker_concurrency
    work(kit, { queue: 'place', concurrency, graceMs: 5000, handle: stageHandler(stage, kit, kit.runs) })
    work(kit, { queue: 'cleanup', concurrency, graceMs: 5000, handle: cleanupHandler(cleanUp, kit) })
  },
  noteConfigFaults,
)
