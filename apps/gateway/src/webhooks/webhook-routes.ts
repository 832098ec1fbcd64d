import {
  DeadLetterList,
  DeadLetterParams,
  DeadLettersQuery,
  DomainError,
  NewWebhookBody,
  Nothing,
  Replayed,
  WebhookCreated,
  WebhookList,
  WebhookParams,
  WebhookTested,
  WebhookView,
} from '@torrentino/domain'
import { type Identity, type Route, route } from '@torrentino/http'
import type { StoredWebhook } from '@torrentino/store'
import type { GatewayDeps } from '../deps.js'
import { deadLetterView, webhookView } from './webhook-views.js'

const ONE = '/webhooks/:hook'

/** Where callers want to be told of tickets. One's own, for admins everybody's; delivered by the scheduler. */
export function webhookRoutes(deps: GatewayDeps): Route[] {
  const { webhooks } = deps.store
  return [
    route({
      name: 'listWebhooks',
      method: 'GET',
      path: '/webhooks',
      access: 'user',
      about: 'Webhooks; a user sees his own, an admin all',
      answer: WebhookList,
      handle: async ({ identity }) => ({
        json: { webhooks: (await webhooks.list(ownerOf(identity))).map(webhookView) } satisfies WebhookList,
      }),
    }),
    route({
      name: 'postWebhook',
      method: 'POST',
      path: '/webhooks',
      access: 'user',
      about: 'Makes a webhook, with a secret that this answer alone shows',
      answer: WebhookCreated,
      statuses: [201],
      body: NewWebhookBody,
      handle: async ({ body, identity }) => ({ status: 201, json: await create(deps, body, identity) }),
    }),
    route({
      name: 'getWebhook',
      method: 'GET',
      path: ONE,
      access: 'user',
      about: 'A webhook and how its deliveries fare',
      answer: WebhookView,
      params: WebhookParams,
      handle: async ({ params, identity }) => ({ json: webhookView(await own(deps, params.hook, identity)) }),
    }),
    route({
      name: 'deleteWebhook',
      method: 'DELETE',
      path: ONE,
      access: 'user',
      about: 'Deletes a webhook with all that it was not told yet',
      answer: Nothing,
      params: WebhookParams,
      async handle({ params, identity }) {
        const { id } = await own(deps, params.hook, identity)
        await webhooks.delete(id, identity.userId)
        deps.events.webhooksChanged('delete', id, identity)
        return { json: {} }
      },
    }),
    switchRoute(deps, 'pause', 'Pauses a webhook; what happens meanwhile is delivered afterwards'),
    switchRoute(deps, 'resume', 'Resumes a webhook that was paused, or switched off because it was gone'),
    route({
      name: 'testWebhook',
      method: 'POST',
      path: `${ONE}/test`,
      access: 'user',
      about: 'Sends a test message a moment later; `last_delivery` tells what came of it',
      answer: WebhookTested,
      statuses: [202],
      params: WebhookParams,
      async handle({ params, identity }) {
        const { id, enabled } = await own(deps, params.hook, identity)
        if (!enabled) throw new DomainError('conflict', 'the webhook is not enabled; resume it first')
        deps.events.webhooksChanged('test', id, identity)
        return { status: 202, json: { event_id: await webhooks.addTest(id) } satisfies WebhookTested }
      },
    }),
    ...deadLetterRoutes(deps),
  ]
}

function switchRoute(deps: GatewayDeps, command: 'pause' | 'resume', about: string): Route {
  return route({
    name: `${command}Webhook`,
    method: 'POST',
    path: `${ONE}/${command}`,
    access: 'user',
    about,
    answer: WebhookView,
    params: WebhookParams,
    async handle({ params, identity }) {
      const { id, allTickets } = await own(deps, params.hook, identity)
      if (command === 'resume' && allTickets) onlyAdmins(identity)
      const webhook = await deps.store.webhooks.setEnabled(id, command === 'resume', identity.userId)
      if (!webhook) throw notThere(id)
      deps.events.webhooksChanged(command, id, identity)
      return { json: webhookView(webhook) }
    },
  })
}

function deadLetterRoutes(deps: GatewayDeps): Route[] {
  const { webhooks } = deps.store
  async function replay(hook: string, letter: string | undefined, identity: Identity): Promise<Replayed> {
    const { id } = await own(deps, hook, identity)
    const replayed = await webhooks.replay(id, letter, identity.userId)
    if (letter !== undefined && replayed === 0) throw new DomainError('not_found', `there is no dead letter ${letter}`)
    deps.events.webhooksChanged('replay', id, identity)
    return { replayed }
  }
  return [
    route({
      name: 'listDeadLetters',
      method: 'GET',
      path: `${ONE}/dead-letters`,
      access: 'user',
      about: 'What could not be delivered, oldest first; kept for thirty days',
      answer: DeadLetterList,
      params: WebhookParams,
      query: DeadLettersQuery,
      async handle({ params, query: { limit, after }, identity }) {
        const { id } = await own(deps, params.hook, identity)
        const found = await webhooks.deadLetters(id, after, limit + 1)
        const page = found.slice(0, limit)
        const next = found.length > limit ? (page.at(-1)?.id ?? null) : null
        return { json: { dead_letters: page.map(deadLetterView), next } satisfies DeadLetterList }
      },
    }),
    route({
      name: 'replayDeadLetters',
      method: 'POST',
      path: `${ONE}/dead-letters/replay`,
      access: 'user',
      about: 'Delivers all dead letters like new ones',
      answer: Replayed,
      params: WebhookParams,
      handle: async ({ params, identity }) => ({ json: await replay(params.hook, undefined, identity) }),
    }),
    route({
      name: 'replayDeadLetter',
      method: 'POST',
      path: `${ONE}/dead-letters/:letter/replay`,
      access: 'user',
      about: 'Delivers a dead letter like a new one',
      answer: Replayed,
      params: DeadLetterParams,
      handle: async ({ params, identity }) => ({ json: await replay(params.hook, params.letter, identity) }),
    }),
  ]
}

async function create(deps: GatewayDeps, { url, events, all_tickets }: NewWebhookBody, identity: Identity): Promise<WebhookCreated> {
  if (all_tickets) onlyAdmins(identity)
  const { webhook, secret } = await deps.store.webhooks.create({ owner: identity.userId, url, events, allTickets: all_tickets })
  deps.events.webhooksChanged('create', webhook.id, identity)
  return { ...webhookView(webhook), secret }
}

function onlyAdmins({ role }: Identity): void {
  if (role === 'admin') return
  throw new DomainError('forbidden', 'only admins may be told of the tickets of others', {
    errors: [{ path: 'all_tickets', message: 'must be absent or false' }],
  })
}

function ownerOf({ role, userId }: Identity): string | undefined {
  return role === 'admin' ? undefined : userId
}

/** To others it does not exist. */
async function own({ store }: GatewayDeps, id: string, identity: Identity): Promise<StoredWebhook> {
  const webhook = await store.webhooks.find(id, ownerOf(identity))
  if (webhook) return webhook
  throw notThere(id)
}

function notThere(id: string): DomainError {
  return new DomainError('not_found', `there is no webhook ${id}`)
}
