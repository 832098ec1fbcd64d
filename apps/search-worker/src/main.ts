import { noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { configuredLlm, openHttpClient, openSearchers } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createModelQueries } from './model-queries.js'
import { createSearchStage } from './search-stage.js'

await runProcess(
  'search-worker',
  async (ctx) => {
    const kit = await openKit(ctx)
    const http = openHttpClient(ctx)
    const llm = configuredLlm(ctx.config, http, kit.bus)
    const stage = createSearchStage({
      searchers: openSearchers(ctx, http, kit.bus),
      ...(llm && { moreQueries: createModelQueries(llm, ctx.log) }),
      ...{ catalog: kit.store.catalog, torrents: kit.store.torrents },
      autoApproveThreshold: ctx.config.matcher.auto_approve_threshold,
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
