import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
import { type AlbumBody, albumBody, openTestPipeline, waitFor } from '@torrentino/testkit'
import { type CreateInput, createTicket } from './create-ticket.js'

const it = await openTestPipeline()
afterAll(() => it.drop())

function post(body: AlbumBody = {}, rest: Partial<CreateInput> = {}) {
  return createTicket(it.deps, { ticket: NewTicket.parse(albumBody(body)), requestedBy: 'ann', mediaRoots: ['/media'], ...rest })
}

async function count(): Promise<number> {
  return (await it.store.rows('select from tickets')).length
}

describe('a new ticket', () => {
  test('stands with its step, its audit and its job', async () => {
    const { id, created } = await post({ priority: 'urgent' })
    expect(created).toBe(true)
    expect(await it.ticket(id)).toMatchObject({ version: 1, state: { name: 'pending' }, stage: 'search', priority: 1, requestedBy: 'ann' })
    expect(await it.store.steps.history(id)).toMatchObject([{ version: 1, cause: 'create', from: null, to: 'pending', actor: 'ann' }])
    const { entries } = await it.store.audit.list({ ticketId: id, limit: 10 })
    expect(entries).toMatchObject([{ event_type: 'TicketCreated', payload: { requested_by: 'ann', ticket_snapshot: { ticket_id: id } } }])
    await waitFor('the job', async () => (await it.jobs()).some((job) => job.id === `${id}-search-1`))
  })

  test('stands also when Redis is away; the sweep tells it', async () => {
    const bus = { ...it.bus, jobs: { ...it.bus.jobs, add: () => Promise.reject(new Error('Connection is closed')) } }
    const { id } = await createTicket(
      { ...it.deps, bus },
      { ticket: NewTicket.parse(albumBody()), requestedBy: 'ann', mediaRoots: ['/media'] },
    )
    expect((await it.ticket(id)).state.name).toBe('pending')
    expect((await it.store.rows('select from outbox where ticket_id = $1', [id])).length).toBe(1)
  })

  test('with names that not every file system can hold is refused by setting, with every place', async () => {
    const images = [{ catalog_image_id: 'i1', dest_path: '/media/Who?/AUX.jpg' }]
    const tracks = ['/media/a/1.ogg', '/media/A/1.OGG'].map((dest_path, index) => ({
      ...{ catalog_track_id: `t${index}`, track_number: index + 1, name: 'One', dest_path },
    }))
    const ticket = NewTicket.parse({ ...albumBody(), tracks, images })
    await expect(post({}, { ticket, portableNames: true })).rejects.toMatchObject({
      code: 'invalid_request',
      details: {
        errors: [
          { path: 'tracks[1].dest_path', message: 'differs from tracks[0].dest_path only by capitals' },
          { path: 'images[0].dest_path', message: expect.stringContaining('holds ?') },
        ],
      },
    })
    expect((await post({}, { ticket })).created).toBe(true)
  })

  test('outside of the media roots is refused with every place, and nothing is written', async () => {
    const before = await count()
    const refused = post({ tracks: 2, images: 1, folder: '/etc' })
    await expect(refused).rejects.toMatchObject({
      code: 'path_outside_roots',
      details: { errors: [{ path: 'tracks[0].dest_path' }, { path: 'tracks[1].dest_path' }, { path: 'images[0].dest_path' }] },
    })
    await expect(post({ folder: '/media-other' })).rejects.toMatchObject({ code: 'path_outside_roots' })
    expect(await count()).toBe(before)
  })
})

describe('posting again', () => {
  test('the same under the same id is the same ticket; something else, or by somebody else, is refused', async () => {
    const ticket_id = randomUUID()
    expect(await post({ ticket_id })).toEqual({ id: ticket_id, created: true })
    expect(await post({ ticket_id })).toEqual({ id: ticket_id, created: false })
    expect(await post({ ticket_id: ticket_id.toUpperCase() })).toEqual({ id: ticket_id, created: false })
    await expect(post({ ticket_id, tracks: 3 })).rejects.toMatchObject({ code: 'ticket_exists' })
    await expect(post({ ticket_id }, { requestedBy: 'bob' })).rejects.toMatchObject({ code: 'ticket_exists' })
  })

  test('what the body leaves out and what it says in full is the same', async () => {
    const ticket_id = randomUUID()
    await post({ ticket_id })
    expect(await post({ ticket_id, priority: 'user', dry_run: false, created_at: 'now', requested_by: 'me' })).toMatchObject({
      created: false,
    })
  })

  test('under the same key: the same ticket for the same body, refused for another, free for another requester', async () => {
    const idempotencyKey = randomUUID()
    const first = await post({}, { idempotencyKey })
    expect(await post({}, { idempotencyKey })).toEqual({ id: first.id, created: false })
    await expect(post({ tracks: 3 }, { idempotencyKey })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    await expect(post({ ticket_id: randomUUID() }, { idempotencyKey })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await post({ ticket_id: first.id }, { idempotencyKey })).toEqual({ id: first.id, created: false })
    const other = await post({}, { idempotencyKey, requestedBy: 'bob' })
    expect(other).toMatchObject({ created: true })
    expect(other.id).not.toBe(first.id)
  })

  test.each([
    ['id', () => ({ body: { ticket_id: randomUUID() }, rest: {} })],
    ['key', () => ({ body: {}, rest: { idempotencyKey: randomUUID() } })],
    ['id and key', () => ({ body: { ticket_id: randomUUID() }, rest: { idempotencyKey: randomUUID() } })],
  ])('50 times at once under one %s makes one ticket', async (_what, make) => {
    const { body, rest } = make()
    const before = await count()
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => post(body, rest)))
    expect(new Set(outcomes.map((outcome) => outcome.id)).size).toBe(1)
    expect(outcomes.filter((outcome) => outcome.created)).toHaveLength(1)
    expect(await count()).toBe(before + 1)
    expect(await it.store.steps.history(outcomes[0]?.id ?? '')).toHaveLength(1)
  })

  test('without id or key makes another one each time', async () => {
    const [one, two] = await Promise.all([post(), post()])
    expect(one.id).not.toBe(two.id)
    expect([one.created, two.created]).toEqual([true, true])
  })
})
