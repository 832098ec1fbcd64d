import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { verifyWebhook } from '@torrentino/client'
import type { StateName, Ticket } from '@torrentino/domain'
import { isPublicAddress, loadConfig } from '@torrentino/runtime'
import type { NewWebhook, StoredWebhook } from '@torrentino/store'
import { creationOf, openTestStore, sampleTicket, stepOf, waitFor } from '@torrentino/testkit'
import { createCourier } from './courier.js'
import { mayHearAll } from './may-hear-all.js'
import type { WebhookDeps } from './take-turn.js'
import { type Consumer, openConsumer } from './test-support/consumer.js'

// There is no Redis here at all.
const store = await openTestStore()
afterAll(() => store.drop())

const NOTHING = { headers: {} as Record<string, unknown>, body: '' }

let consumer: Consumer
let stop: AbortController
let brokenOff: unknown[]

beforeEach(async () => {
  for (const table of ['webhooks', 'webhook_deliveries']) await store.rows(`delete from ${table}`)
  consumer = await openConsumer()
  stop = new AbortController()
  brokenOff = []
})
afterEach(async () => {
  stop.abort()
  await consumer.close()
  expect(brokenOff).toEqual([])
})

type Made = { webhook: StoredWebhook; secret: string }
const hook = (change: Partial<NewWebhook> = {}): Promise<Made> =>
  store.webhooks.create({ owner: 'ann', url: consumer.url, events: ['state_change'], allTickets: false, ...change })
const look = async ({ id }: { id: string }) => (await store.webhooks.find(id, undefined)) as StoredWebhook

function deps(change: Partial<WebhookDeps> = {}): WebhookDeps {
  return {
    store,
    actor: 'scheduler',
    events: { delivered() {}, failed() {}, switchedOff() {}, turnFailed: (_turn, error) => void brokenOff.push(error) },
    sending: { isAllowed: (address) => address === '127.0.0.1', timeoutMs: 60_000 },
    mayHear: async () => true,
    maxAttempts: 3,
    firstPauseMs: 0,
    leaseMs: 60_000,
    signal: stop.signal,
    ...change,
  }
}

/** One look, and all that comes of it. */
async function round(change: Partial<WebhookDeps> = {}): Promise<void> {
  const courier = createCourier(deps(change))
  await courier.look()
  await courier.idle()
}

async function untilTold(change: Partial<WebhookDeps> = {}): Promise<void> {
  await waitFor('all that there is to tell', async () => {
    await round(change)
    const [row] = await store.rows<{ left: boolean }>(
      `select exists (select from webhook_deliveries d join webhooks w on w.id = d.webhook_id where w.enabled and d.dead_at is null)
         or exists (select from webhooks w join ticket_transitions t on t.seq > w.cursor where w.enabled) as left`,
    )
    return row?.left === false
  })
}

/** A ticket that goes through these states; the numbers of its steps. */
async function ticket(states: StateName[] = [], requestedBy = 'ann'): Promise<{ id: string; seqs: number[] }> {
  let now: Ticket = sampleTicket({ requestedBy })
  const seqs = [(await store.door.write(creationOf(now)))?.seq ?? 0]
  for (const state of states) {
    const step = stepOf(now, state, { cause: 'fail' })
    seqs.push((await store.door.write(step))?.seq ?? 0)
    now = step.ticket
  }
  return { id: now.id, seqs }
}
const idsOf = (seqs: number[]) => seqs.map((seq) => String(seq * 2))

describe('what is told', () => {
  test('a message is what the event stream says, signed so that the helper of the client takes it', async () => {
    const { webhook, secret } = await hook()
    const { id, seqs } = await ticket()
    await untilTold()
    const [{ headers, body } = NOTHING] = consumer.received
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-torrentino-event': 'state_change' })
    const signature = String(headers['x-torrentino-signature'])
    expect(await verifyWebhook({ secret, signature, body })).toEqual({
      ...{ event_id: idsOf(seqs)[0], webhook_id: webhook.id, type: 'state_change', id: (seqs[0] ?? 0) * 2, ticket_id: id },
      ...{ old_state: null, new_state: 'pending', at: expect.any(String), details: {} },
    })
    await expect(verifyWebhook({ secret: `${secret}x`, signature, body })).rejects.toThrow('wrong')
    expect(await look(webhook)).toMatchObject({ waiting: 0, failures: 0, lastDelivery: { error: null } })
  })

  test.each<[string, Partial<NewWebhook>, number]>([
    ['the events that were chosen', { events: ['failed', 'completed'] }, 2],
    ['all events', { events: ['state_change', 'needs_approval', 'completed', 'failed'] }, 7],
    ["nothing of others' tickets", { owner: 'ben' }, 1],
    ['of everybody, where an admin wants that', { owner: 'ben', allTickets: true }, 6],
  ])('%s', async (_what, change, messages) => {
    await hook(change)
    await ticket(['failed'])
    await ticket(['searching', 'completed'])
    await ticket([], 'ben')
    await untilTold()
    expect(consumer.received).toHaveLength(messages)
  })

  test('only what came after it was made', async () => {
    await ticket(['searching'])
    await hook()
    await untilTold()
    expect(consumer.received).toEqual([])
  })

  test('a step that is committed late comes before those that were written after it', async () => {
    await hook({ allTickets: true })
    const slow = await store.connect()
    await slow.query('begin')
    const { rows } = await slow.query(
      `insert into ticket_transitions (ticket_id, version, cause, to_state, actor, requested_by, details, at)
       values (gen_random_uuid(), 1, 'create', 'pending', 'ann', 'ann', '{}', now()) returning seq`,
    )
    const { seqs } = await ticket()
    await round()
    expect(consumer.ids()).toEqual([])
    await slow.query('commit')
    await untilTold()
    expect(consumer.ids()).toEqual(idsOf([Number(rows[0].seq), ...seqs]))
  })

  test('a message too large is told without its details', async () => {
    const { secret } = await hook()
    const now = sampleTicket()
    await store.door.write(creationOf(now, { details: { text: 'x'.repeat(300_000) } }))
    await untilTold()
    const [{ headers, body } = NOTHING] = consumer.received
    const message = await verifyWebhook({ secret, signature: String(headers['x-torrentino-signature']), body })
    expect(message).toMatchObject({ ticket_id: now.id, details: {}, truncated: true })
  })
})

describe('at least once, in order', () => {
  test('a cut between the delivery and the note of it: delivered again, with the same id and body', async () => {
    await hook()
    const { seqs } = await ticket(['searching'])
    const dying = {
      ...store,
      webhooks: { ...store.webhooks, delivered: () => Promise.reject(new Error('cut')), release: async () => {} },
    }
    await round({ store: dying })
    expect(brokenOff.splice(0)).toEqual([new Error('cut')])
    expect(consumer.ids()).toEqual(idsOf(seqs.slice(0, 1)))
    // While its turn lasts nobody else takes it over.
    await round()
    expect(consumer.received).toHaveLength(1)
    await store.rows(`update webhooks set leased_until = now() - interval '1 s'`)
    await untilTold()
    expect(consumer.ids()).toEqual(idsOf([seqs[0] ?? 0, ...seqs]))
    expect(consumer.received[0]?.body).toBe(consumer.received[1]?.body)
  })

  test('what fails is tried again with the same id, and the later ones of its ticket wait for it; those of others do not', async () => {
    await hook()
    const first = await ticket(['searching', 'failed'])
    const other = await ticket(['searching'])
    let refusals = 2
    consumer.answer = ({ body }) => (body.includes(first.id) && refusals-- > 0 ? 500 : 200)
    // Nothing that failed is due again until its time is moved.
    const slowly = { firstPauseMs: 3_600_000 }
    await round(slowly)
    await store.rows('update webhooks set due_at = now()')
    await round(slowly)
    expect(consumer.ids()).toEqual(idsOf([first.seqs[0] ?? 0, ...other.seqs]))
    await store.rows('update webhook_deliveries set due_at = now()')
    await untilTold()
    const ofFirst = consumer.ids().filter((id) => idsOf(first.seqs).includes(id))
    expect(ofFirst).toEqual(idsOf([first.seqs[0] ?? 0, first.seqs[0] ?? 0, ...first.seqs]))
  })

  test('several schedulers at once deliver each message once and in order', async () => {
    await hook({ allTickets: true })
    const tickets = await Promise.all(Array.from({ length: 20 }, () => ticket(['searching', 'matching', 'failed'])))
    const couriers = Array.from({ length: 5 }, () => createCourier(deps()))
    await waitFor('all of them', async () => {
      await Promise.all(couriers.map((courier) => courier.look()))
      return consumer.received.length >= 80
    })
    await Promise.all(couriers.map((courier) => courier.idle()))
    const ids = consumer.ids()
    expect(new Set(ids).size).toBe(ids.length)
    for (const { seqs } of tickets) expect(ids.filter((id) => idsOf(seqs).includes(id))).toEqual(idsOf(seqs))
  })

  test('one that never answers holds nobody up, and is given up in time', async () => {
    const silent = await openConsumer()
    silent.answer = () => null
    const slow = await hook({ url: silent.url })
    await hook()
    await ticket(['searching'])
    const courier = createCourier(deps({ sending: { ...deps().sending, timeoutMs: 700 } }))
    await courier.look()
    await waitFor('the one that answers', () => consumer.received.length === 2)
    await courier.idle()
    expect(await look(slow.webhook)).toMatchObject({ failures: 1, waiting: 2, lastDelivery: { error: 'no answer in time' } })
    await silent.close()
  })

  test('a stop counts as no failure', async () => {
    consumer.answer = () => null
    const { webhook } = await hook()
    await ticket()
    const courier = createCourier(deps())
    await courier.look()
    await waitFor('the attempt', () => consumer.received.length === 1)
    stop.abort()
    await courier.idle()
    expect(await look(webhook)).toMatchObject({ failures: 0, waiting: 1 })
  })
})

describe('consumers that fail', () => {
  test('after so many attempts a message is a dead letter, the next ones go on, and it can be replayed', async () => {
    const { webhook } = await hook()
    const { id, seqs } = await ticket(['searching'])
    consumer.answer = ({ headers }) => (headers['x-torrentino-event-id'] === idsOf(seqs)[0] ? 500 : 200)
    await untilTold()
    expect(consumer.ids()).toEqual(idsOf([seqs[0] ?? 0, seqs[0] ?? 0, ...seqs]))
    const [letter] = await store.webhooks.deadLetters(webhook.id, undefined, 10)
    expect(letter).toMatchObject({ eventId: idsOf(seqs)[0], ticketId: id, attempts: 3, error: 'answered with status 500' })
    expect(await look(webhook)).toMatchObject({ waiting: 0, deadLetters: 1 })

    consumer.answer = () => 200
    expect(await store.webhooks.replay(webhook.id, letter?.id, 'ann')).toBe(1)
    await untilTold()
    expect(consumer.ids().at(-1)).toBe(idsOf(seqs)[0])
    expect(await look(webhook)).toMatchObject({ waiting: 0, deadLetters: 0 })
    expect(await store.webhooks.replay(webhook.id, letter?.id, 'ann')).toBe(0)
  })

  test('410 switches it off, with a note in the audit; switched on again it is told what it missed', async () => {
    const { webhook } = await hook()
    consumer.answer = () => 410
    const { seqs } = await ticket()
    await round()
    await ticket(['searching'])
    await round()
    expect(consumer.ids()).toEqual(idsOf(seqs))
    expect(await look(webhook)).toMatchObject({ enabled: false, offReason: 'gone' })
    const { entries } = await store.audit.list({ eventTypes: ['WebhookSwitchedOff'], limit: 5 })
    expect(entries[0]).toMatchObject({ actor: 'scheduler', payload: { webhook_id: webhook.id, owner: 'ann', origin: consumer.url } })
    consumer.answer = () => 200
    await store.webhooks.setEnabled(webhook.id, true, 'ann')
    await untilTold()
    expect(consumer.received).toHaveLength(4)
  })

  test.each<[string, number, string | undefined, number]>([
    ['429 is left alone for as long as it asks', 429, '120', 120],
    ['503 too, by a date', 503, 'a date', 600],
    ['one that asks for longer than an hour', 503, '86400', 3600],
    ['one that asks for what is no time', 429, 'soon', 0],
    ['one that asks beside another fault', 500, '120', 0],
    ['one that asks for nothing', 429, undefined, 0],
  ])('%s', async (_what, status, asked, secs) => {
    const { webhook } = await hook()
    const [first, second] = [await ticket(), await ticket()]
    const header = asked === 'a date' ? new Date(Date.now() + 600_000).toUTCString() : asked
    consumer.answer = () => status
    consumer.answerHeaders = header === undefined ? {} : { 'retry-after': header }
    await round()
    // All messages wait, since it is the consumer who asks; the one that failed waits by itself too.
    const [rests] = await store.rows<{ hook: number; letter: number; of: string }>(
      `select extract(epoch from w.due_at - now())::float as hook, extract(epoch from d.due_at - now())::float as letter, d.ticket_id as of
       from webhooks w join webhook_deliveries d on d.webhook_id = w.id where d.attempts = 1`,
    )
    expect([first.id, second.id]).toContain(rests?.of)
    for (const rest of [rests?.hook ?? 0, rests?.letter ?? 0]) {
      // The columns keep milliseconds, rounded: up to a half of one ahead of the clock.
      expect(rest).toBeLessThanOrEqual(secs + 0.001)
      // Those that wait for nothing are due, however long this took.
      if (secs > 0) expect(rest).toBeGreaterThan(secs - 60)
    }
    expect(await look(webhook)).toMatchObject({ failures: 1, enabled: true })
  })

  test('told of all tickets, it is switched off with a note as soon as its owner can be no admin, also in mid-turn', async () => {
    const tokens = `root:admin:${'a'.repeat(64)},ben:user:${'b'.repeat(64)}`
    const needed = { DATABASE_URL: store.url, REDIS_URL: 'redis://127.0.0.1:1', MEDIA_ROOTS: '/media' }
    const { auth } = loadConfig({ ...needed, AUTH_METHOD: 'token', AUTH_TOKENS: tokens })
    const mayHear = mayHearAll(auth, store.tokens)
    const { token } = await store.tokens.create({ name: 'eve', role: 'admin', createdBy: 'root', expiresAt: null })
    const [ofEve, ofRoot, ofBen] = [
      await hook({ owner: 'eve', allTickets: true, url: `${consumer.url}/eve` }),
      await hook({ owner: 'root', allTickets: true, url: `${consumer.url}/root` }),
      await hook({ owner: 'ben', allTickets: true, url: `${consumer.url}/ben` }),
    ]
    await hook({ owner: 'ann', url: `${consumer.url}/ann` })
    await ticket(['searching'])
    const told = (path: string) => consumer.received.filter((one) => one.path === path).length
    let revoked: Promise<boolean> | undefined
    consumer.answer = ({ path }) => {
      if (path === '/eve') revoked ??= store.tokens.revoke(token.id, 'root')
      return 204
    }
    await untilTold({
      async mayHear(turn) {
        await revoked
        return mayHear(turn)
      },
    })
    expect(['/eve', '/root', '/ben', '/ann'].map(told)).toEqual([1, 2, 0, 2])
    expect(await Promise.all([ofEve, ofRoot, ofBen].map(async ({ webhook }) => (await look(webhook)).offReason))).toEqual([
      'owner_not_admin',
      null,
      'owner_not_admin',
    ])
    const { entries } = await store.audit.list({ eventTypes: ['WebhookSwitchedOff'], limit: 2 })
    expect(entries.map(({ payload }) => payload)).toEqual(
      expect.arrayContaining(
        [ofEve, ofBen].map(({ webhook }) => expect.objectContaining({ webhook_id: webhook.id, reason: 'owner_not_admin' })),
      ),
    )
  })

  test.each<[string, (consumer: Consumer) => string, number | null, string]>([
    ['a redirect', ({ url }) => url, 302, 'answered with status 302, and redirects are not followed'],
    ['nobody there', () => 'http://127.0.0.1:9', null, 'ECONNREFUSED'],
    ['no such name', () => 'http://nowhere.invalid', null, 'ENOTFOUND'],
  ])('%s is a failure', async (_what, urlOf, status, error) => {
    consumer.answer = () => status
    const lookup = ((_name: string, _options: object, done: (error: Error) => void) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))) as never
    const { webhook } = await hook({ url: urlOf(consumer) })
    await ticket()
    await round({ sending: { ...deps().sending, lookup } })
    expect((await look(webhook)).lastDelivery?.error).toBe(error)
    expect(consumer.received).toHaveLength(status === null ? 0 : 1)
  })
})

describe('addresses that are not for webhooks', () => {
  const port = () => new URL(consumer.url).port

  test.each(['127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', 'localhost'])('%s is not connected to', async (host) => {
    const { webhook } = await hook({ url: `http://${host}:${port()}` })
    await ticket()
    await round({ sending: { isAllowed: isPublicAddress, timeoutMs: 60_000 } })
    expect((await look(webhook)).lastDelivery?.error).toContain('private')
    expect(consumer.received).toEqual([])
  })

  test('a name that leads to an allowed one first and then home is followed only there', async () => {
    const answers = ['127.0.0.2', '127.0.0.1']
    const lookup = ((_name: string, _options: object, done: (...args: unknown[]) => void) =>
      done(null, [{ address: answers.shift(), family: 4 }])) as never
    const { webhook } = await hook({ url: `http://rebound.example:${port()}` })
    const { seqs } = await ticket(['searching'])
    await round({ sending: { isAllowed: (address) => address === '127.0.0.2', timeoutMs: 60_000, lookup } })
    expect(consumer.ids()).toEqual(idsOf(seqs.slice(0, 1)))
    expect((await look(webhook)).lastDelivery?.error).toContain('private')
  })
})
