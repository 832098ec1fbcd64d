import { noteConfigFaults, openKit, stageHandler, warmingBudget, work } from '@torrentino/pipeline'
import { configuredLlm, openHttpClient, openSearchers } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createMatchStage } from './match-stage.js'

await runProcess(
  'match-worker',
  async (ctx) => {
    const kit = await openKit(ctx)
    const { auto_approve_threshold, prefer_discographies, music_quality_limit, llm } = ctx.config.matcher
    const http = openHttpClient(ctx)
    const stage = createMatchStage({
      candidates: kit.store.candidates,
      searchers: openSearchers(ctx, http, kit.bus),
      thresholds: { rules: auto_approve_threshold, model: llm.auto_approve_threshold ?? auto_approve_threshold },
      llm: configuredLlm(ctx.config, http, kit.bus),
      settings: { prefer_discographies, music_quality_limit },
      room: () => kit.store.warming.room(warmingBudget(ctx.config)),
    })
    work(kit, {
      queue: 'match',
      concurrency: ctx.config.processing.worker_concurrency,
      graceMs: 5000,
      handle: stageHandler(stage, kit, kit.runs),
    })
  },
  noteConfigFaults,
)
