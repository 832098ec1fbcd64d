import { noteConfigFaults, openKit, rescueTurns, sweepOutbox, warmingBudget } from '@torrentino/pipeline'
import { addressRanges, isPublicAddress, runProcess } from '@torrentino/runtime'
import { every } from './every.js'
import { createSweepEvents } from './sweep-events.js'
import { createWarmerEvents } from './warmer/events.js'
import { lookAround } from './warmer/look-around.js'
import { watchShared } from './watch-shared.js'
import { createCourier } from './webhooks/courier.js'
import { createWebhookEvents } from './webhooks/events.js'
import { mayHearAll } from './webhooks/may-hear-all.js'

const SWEEP_MS = 1000
const OUTBOX_AGE_MS = 2000
const WARMER_MS = 10_000
const WEBHOOKS_MS = 500
const WEBHOOK_PAUSE_MS = 5000
const WEBHOOK_NOTE_MS = 20_000
const FORGET_MS = 3_600_000
const DEAD_LETTER_DAYS = 30

/** Everything here is safe in any number of copies: jobs have fixed ids, outbox rows and the cache warmer's row are locked meanwhile, webhooks leased. */
await runProcess(
  'scheduler',
  async (ctx) => {
    const kit = await openKit(ctx)
    const { processing, cache_warmer, webhooks } = ctx.config
    const events = createSweepEvents(ctx.metrics)

    every(ctx, 'outbox sweep', SWEEP_MS, async () => {
      const told = await sweepOutbox(kit, OUTBOX_AGE_MS)
      if (told > 0) kit.log.info('told what a crash left behind', { rows: told })
    })
    every(ctx, 'rescue', processing.rescue_interval_secs * 1000, async () => {
      events.rescued(await rescueTurns(kit, processing.rescue_after_secs * 1000))
      events.leftToTell(await kit.store.outbox.count())
    })
    // Redis was emptied, or is new: every job is gone, so nobody has to wait for the usual time.
    every(ctx, 'wipe watch', SWEEP_MS, async () => {
      if (await kit.bus.isMarked()) return
      const turns = await rescueTurns(kit, 0)
      await kit.bus.mark()
      if (turns > 0) kit.log.warn('Redis had lost its jobs; handed them out again', { turns })
    })
    if (cache_warmer.enabled) {
      const warmer = {
        ...{ ...kit, settings: cache_warmer, budget: warmingBudget(ctx.config) },
        events: createWarmerEvents(kit.log, ctx.metrics),
      }
      every(ctx, 'cache warmer', WARMER_MS, () => lookAround(warmer))
    }
    const allowed = addressRanges(webhooks.allow_private)
    const courier = createCourier({
      store: kit.store,
      actor: kit.actor,
      events: createWebhookEvents(kit.log, ctx.metrics),
      sending: { isAllowed: (address) => isPublicAddress(address) || allowed.has(address), timeoutMs: webhooks.timeout_secs * 1000 },
      mayHear: mayHearAll(ctx.config.auth, kit.store.tokens),
      maxAttempts: webhooks.max_attempts,
      firstPauseMs: WEBHOOK_PAUSE_MS,
      leaseMs: webhooks.timeout_secs * 1000 + WEBHOOK_NOTE_MS,
      signal: ctx.signal,
    })
    ctx.onStop('webhook deliveries', courier.idle)
    every(ctx, 'webhooks', WEBHOOKS_MS, courier.look)
    every(ctx, 'dead letters', FORGET_MS, async () => void (await kit.store.webhooks.forgetDead(DEAD_LETTER_DAYS)))
    watchShared(ctx.metrics, kit)
  },
  noteConfigFaults,
)
