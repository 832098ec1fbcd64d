import { backoffMs, redactText } from '@torrentino/runtime'
import type { DueDelivery, Store, WebhookTurn } from '@torrentino/store'
import type { WebhookEvents } from './events.js'
import { bodyOf, deliveriesOf, testBody } from './message.js'
import { type SendOptions, send } from './send.js'

export interface WebhookDeps {
  store: Pick<Store, 'webhooks' | 'steps'>
  actor: string
  events: WebhookEvents
  sending: Omit<SendOptions, 'signal'>
  maxAttempts: number
  /** Of the pause after a message's first failed attempt; it grows to an hour. */
  firstPauseMs: number
  /** Longer than an attempt may take with what is noted of it; so long nobody takes over from one that died. */
  leaseMs: number
  signal: AbortSignal
}

const PAGE = 200
const MOST_WAITING = 500
const MOST_A_TURN = 200
const LONGEST_PAUSE_MS = 3_600_000
const LONGEST_REST_MS = 60_000
const JITTER = 0.3
const GONE = 410

/** Looks for what there is to tell, and tells it, until a failure, the stop, or its share of the time. */
export async function takeTurn(deps: WebhookDeps, turn: WebhookTurn): Promise<void> {
  const { webhooks } = deps.store
  try {
    await feed(deps, turn)
    for (let sent = 0; sent < MOST_A_TURN && !deps.signal.aborted; sent += 1) {
      const delivery = await webhooks.next(turn, deps.leaseMs)
      if (!delivery || !(await deliver(deps, turn, delivery))) break
    }
  } finally {
    await webhooks.release(turn)
  }
}

/** One who is far behind is given no more: what he is still to hear of stays in the history. */
async function feed({ store }: WebhookDeps, turn: WebhookTurn): Promise<void> {
  if ((await store.webhooks.waiting(turn)) > MOST_WAITING) return
  const { steps, settled } = await store.steps.tail(turn.cursor, PAGE)
  if (settled <= turn.cursor) return
  const known = steps.filter(({ seq }) => seq <= settled)
  await store.webhooks.feed(turn, deliveriesOf(turn, known), settled)
}

/** Whether the next one may follow at once. */
async function deliver(deps: WebhookDeps, turn: WebhookTurn, delivery: DueDelivery): Promise<boolean> {
  const { webhooks } = deps.store
  const body = await readBody(deps, turn, delivery)
  if (body === null) {
    await fail(deps, turn, delivery, 'the step is not in the history any more', true)
    return true
  }
  const { url, secret } = turn
  const outcome = await send(
    { url, secret, eventId: delivery.eventId, event: delivery.event, body },
    { ...deps.sending, signal: deps.signal },
  ).catch((error: Error) => error)
  // A stop says nothing of the consumer; whoever comes next tries again.
  if (deps.signal.aborted && typeof outcome !== 'number') return false
  if (outcome === GONE) {
    await webhooks.switchOff(turn, deps.actor)
    deps.events.switchedOff(turn)
    return false
  }
  if (typeof outcome === 'number' && outcome >= 200 && outcome < 300) {
    await webhooks.delivered(turn, delivery)
    deps.events.delivered(turn)
    return true
  }
  await fail(deps, turn, delivery, faultOf(outcome), false)
  return false
}

async function readBody({ store }: WebhookDeps, turn: WebhookTurn, delivery: DueDelivery): Promise<string | null> {
  const { seq } = delivery
  if (seq === null) return testBody(turn, delivery)
  const [step] = await store.steps.between(seq - 1, seq, 1)
  return step ? bodyOf(turn, delivery, step) : null
}

async function fail(deps: WebhookDeps, turn: WebhookTurn, delivery: DueDelivery, error: string, forGood: boolean): Promise<void> {
  const attempt = delivery.attempts + 1
  const isDead = forGood || attempt >= deps.maxAttempts
  const pause = (nr: number, maxMs: number) => backoffMs(nr, { initialMs: deps.firstPauseMs, maxMs, jitter: JITTER })
  await deps.store.webhooks.failed(turn, delivery, {
    error,
    retryMs: isDead ? null : pause(attempt, LONGEST_PAUSE_MS),
    pauseMs: forGood ? 0 : pause(turn.failures + 1, LONGEST_REST_MS),
  })
  deps.events.failed(turn, { event_id: delivery.eventId, attempt, error, dead: isDead })
}

/** What the consumer's owner may read: no address of ours, nothing of the answer. */
function faultOf(outcome: number | Error): string {
  if (typeof outcome === 'number')
    return outcome >= 300 && outcome < 400
      ? `answered with status ${outcome}, and redirects are not followed`
      : `answered with status ${outcome}`
  const { code } = outcome as NodeJS.ErrnoException
  if (code === 'EADDRFORBIDDEN') return 'the address is a private one, which WEBHOOKS_ALLOW_PRIVATE does not allow'
  if (outcome.name === 'TimeoutError' || outcome.name === 'AbortError') return 'no answer in time'
  return redactText(code ?? 'the connection failed')
}
