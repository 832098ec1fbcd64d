import { noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { openHttpClient, openSearchers } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createSearchStage } from './search-stage.js'

await runProcess(
  'search-worker',
  async (ctx) => {
    const kit = await openKit(ctx)
    const stage = createSearchStage({
      searchers: openSearchers(ctx, openHttpClient(ctx), kit.bus),
      maxWaitMs: ctx.config.searcher.max_wait_secs * 1000,
    })
    work(kit, {
      queue: 'search',
      concurrency: ctx.config.processing.worker_concurrency,
      graceMs: 5000,
      handle: stageHandler(stage, kit, kit.runs),
    })
  },
  noteConfigFaults,
)
