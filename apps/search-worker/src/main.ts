import { noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { configuredSearchers, OPEN_GATE, openHttpClient } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createSearchStage } from './search-stage.js'

await runProcess(
  'search-worker',
  async (ctx) => {
    const kit = await openKit(ctx)
    const stage = createSearchStage(configuredSearchers(ctx.config, { http: openHttpClient(ctx), gate: OPEN_GATE }))
    work(kit, {
      queue: 'search',
      concurrency: ctx.config.processing.worker_concurrency,
      graceMs: 5000,
      handle: stageHandler(stage, kit, kit.runs),
    })
  },
  noteConfigFaults,
)
