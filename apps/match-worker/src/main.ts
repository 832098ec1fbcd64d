import { noteConfigFaults, openKit, stageHandler, work } from '@torrentino/pipeline'
import { configuredSearchers, OPEN_GATE, openHttpClient } from '@torrentino/providers'
import { runProcess } from '@torrentino/runtime'
import { createMatchStage } from './match-stage.js'

await runProcess(
  'match-worker',
  async (ctx) => {
    const kit = await openKit(ctx)
    const stage = createMatchStage({
      candidates: kit.store.candidates,
      searchers: configuredSearchers(ctx.config, { http: openHttpClient(ctx), gate: OPEN_GATE }),
      threshold: ctx.config.matcher.auto_approve_threshold,
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
