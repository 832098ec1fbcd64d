import type { WebhookOff } from '@torrentino/domain'
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
  /** Whether its owner may still be told of the tickets of others. */
  mayHear(turn: WebhookTurn): Promise<boolean>
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
/** Whoever answers so may say when to come again. */
const BUSY = [429, 503]

/** Looks for what there is to tell, and tells it, until a failure, the stop, or its share of the time. */
export async function takeTurn(deps: WebhookDeps, turn: WebhookTurn): Promise<void> {
  const { webhooks } = deps.store
  try {
    await feed(deps, turn)
    for (let sent = 0; sent < MOST_A_TURN && !deps.signal.aborted; sent += 1) {
      const delivery = await webhooks.next(turn, deps.leaseMs)
      if (!delivery) break
      // Asked for each, so that with the right of the owner all ends, also in mid-turn.
      if (!(await deps.mayHear(turn))) {
        await switchOff(deps, turn, 'owner_not_admin')
        break
      }
      if (!(await deliver(deps, turn, delivery))) break
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
    await fail(deps, turn, delivery, { error: 'the step is not in the history any more', forGood: true })
    return true
  }
  const { url, secret } = turn
  const outcome = await send(
    { url, secret, eventId: delivery.eventId, event: delivery.event, body },
    { ...deps.sending, signal: deps.signal },
  ).catch((error: Error) => error)
  // A stop says nothing of the consumer; whoever comes next tries again.
  if (!('status' in outcome)) {
    if (!deps.signal.aborted) await fail(deps, turn, delivery, { error: faultOf(outcome) })
    return false
  }
  const { status } = outcome
  if (status === GONE) {
    await switchOff(deps, turn, 'gone')
    return false
  }
  if (status >= 200 && status < 300) {
    await webhooks.delivered(turn, delivery)
    deps.events.delivered(turn)
    return true
  }
  await fail(deps, turn, delivery, { error: refusalOf(status), restMs: BUSY.includes(status) ? outcome.retryAfterMs : 0 })
  return false
}

async function switchOff(deps: WebhookDeps, turn: WebhookTurn, reason: WebhookOff): Promise<void> {
  await deps.store.webhooks.switchOff(turn, deps.actor, reason)
  deps.events.switchedOff(turn, reason)
}

async function readBody({ store }: WebhookDeps, turn: WebhookTurn, delivery: DueDelivery): Promise<string | null> {
  const { seq } = delivery
  if (seq === null) return testBody(turn, delivery)
  const [step] = await store.steps.between(seq - 1, seq, 1)
  return step ? bodyOf(turn, delivery, step) : null
}

interface Fault {
  error: string
  /** It would fail each time. */
  forGood?: boolean
  /** What the consumer asks for, kept to within the longest pause. */
  restMs?: number
}

async function fail(deps: WebhookDeps, turn: WebhookTurn, delivery: DueDelivery, fault: Fault): Promise<void> {
  const { error, forGood = false, restMs = 0 } = fault
  const attempt = delivery.attempts + 1
  const isDead = forGood || attempt >= deps.maxAttempts
  const rest = Math.min(restMs, LONGEST_PAUSE_MS)
  const pause = (nr: number, maxMs: number) => Math.max(rest, backoffMs(nr, { initialMs: deps.firstPauseMs, maxMs, jitter: JITTER }))
  await deps.store.webhooks.failed(turn, delivery, {
    error,
    retryMs: isDead ? null : pause(attempt, LONGEST_PAUSE_MS),
    pauseMs: forGood ? 0 : pause(turn.failures + 1, LONGEST_REST_MS),
  })
  deps.events.failed(turn, { event_id: delivery.eventId, attempt, error, dead: isDead })
}

/** What the consumer's owner may read: no address of ours, nothing of the answer. */
function refusalOf(status: number): string {
  const isRedirect = status >= 300 && status < 400
  return `answered with status ${status}${isRedirect ? ', and redirects are not followed' : ''}`
}

/** As above. */
function faultOf(fault: Error): string {
  const { code } = fault as NodeJS.ErrnoException
  if (code === 'EADDRFORBIDDEN') return 'the address is a private one, which WEBHOOKS_ALLOW_PRIVATE does not allow'
  if (fault.name === 'TimeoutError' || fault.name === 'AbortError') return 'no answer in time'
  return redactText(code ?? 'the connection failed')
}
