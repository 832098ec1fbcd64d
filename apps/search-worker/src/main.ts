import { noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { configuredLlm, openHttpClient, openSearchers } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createModelQueries } from './model-queries.js'
import { createPrimaries, type Primaries } from './primaries.js'
import { createSearchStage } from './search-stage.js'

await runProcess(
  'search-worker',
  async (ctx) => {
    let primaries: Primaries | undefined
    const kit = await openKit(
      ctx,
      (hint) => primaries?.onHint(hint),
      (event) => primaries?.onEvent(event),
    )
    const onError = (error: unknown) => ctx.log.warn('waiting ticket not woken, it looks by itself', { error })
    primaries = createPrimaries(kit.bus.jobs.promote, onError)
    const http = openHttpClient(ctx)
    const llm = configuredLlm(ctx.config, http, kit.bus)
    const stage = createSearchStage({
      searchers: openSearchers(ctx, http, kit.bus),
      ...(llm && { moreQueries: createModelQueries({ llm, log: ctx.log, memory: kit.bus.memory }) }),
      ...{ catalog: kit.store.catalog, torrents: kit.store.torrents, claims: kit.store.claims, primaries },
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
