import { DomainError, NewTokenBody, Nothing, TokenCreated, TokenList, TokenParams, type TokenView } from '@torrentino/domain'
import { type Identity, type Route, route } from '@torrentino/http'
import type { StoredToken } from '@torrentino/store'
import type { GatewayDeps } from '../deps.js'

/** The keys of callers: made, listed and revoked by admins. */
export function tokenRoutes(deps: GatewayDeps): Route[] {
  const { tokens } = deps.store
  return [
    route({
      name: 'listTokens',
      method: 'GET',
      path: '/tokens',
      access: 'admin',
      about: 'The keys that were made; without the keys themselves',
      answer: TokenList,
      handle: async () => ({ json: { tokens: (await tokens.list()).map(viewOf) } satisfies TokenList }),
    }),
    route({
      name: 'postToken',
      method: 'POST',
      path: '/tokens',
      access: 'admin',
      about: 'Makes a key for a caller, which this answer alone shows',
      answer: TokenCreated,
      statuses: [201],
      body: NewTokenBody,
      handle: async ({ body, identity }) => ({ status: 201, json: await createToken(deps, body, identity) }),
    }),
    route({
      name: 'revokeToken',
      method: 'DELETE',
      path: '/tokens/:id',
      access: 'admin',
      about: 'Revokes a key, from the next request on',
      answer: Nothing,
      params: TokenParams,
      async handle({ params: { id }, identity }) {
        if (!(await tokens.revoke(id, identity.userId))) throw new DomainError('not_found', `there is no token ${id}`)
        deps.events.tokensChanged('revoke', id, identity)
        return { json: {} }
      },
    }),
  ]
}

async function createToken(
  deps: GatewayDeps,
  { name, role, expires_at }: NewTokenBody,
  { userId, ...identity }: Identity,
): Promise<TokenCreated> {
  if (expires_at && expires_at <= deps.now()) throw refused('expires_at', 'must lie in the future')
  if (deps.config.auth.tokens.some((token) => token.name === name)) throw refused('name', 'is taken by AUTH_TOKENS')
  const { token, key } = await deps.store.tokens.create({ name, role, createdBy: userId, expiresAt: expires_at ?? null })
  deps.events.tokensChanged('create', token.id, { userId, ...identity })
  return { ...viewOf(token), key }
}

function refused(path: string, message: string): DomainError {
  return new DomainError('invalid_request', 'the body is not valid', { errors: [{ path, message }] })
}

function viewOf({ id, name, role, createdBy, createdAt, expiresAt }: StoredToken): TokenView {
  return { id, name, role, created_by: createdBy, created_at: createdAt.toISOString(), expires_at: expiresAt?.toISOString() ?? null }
}
