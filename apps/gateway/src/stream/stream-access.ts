import type { IncomingMessage } from 'node:http'
import type { Bus } from '@torrentino/bus'
import { DomainError, StreamPass, UserRole } from '@torrentino/domain'
import { type Authenticator, type Identity, type Route, route } from '@torrentino/http'
import { z } from 'zod'
import type { CallerLimits } from '../limits/caller-limits.js'
import type { StreamDeps } from './attach-stream.js'

const PASS_SECS = 30
const Held = z.object({ userId: z.string(), role: UserRole, method: z.string() })

/** For pages: what they can show in a WebSocket's handshake without showing their token. */
export function passRoutes({ bus }: { bus: Pick<Bus, 'passes'> }): Route[] {
  return [
    route({
      name: 'postStreamPass',
      method: 'POST',
      path: '/stream-pass',
      access: 'user',
      about: 'A pass for one WebSocket within 30 seconds, to be named as the subprotocol pass.<pass> beside torrentino',
      answer: StreamPass,
      statuses: [201],
      handle: async ({ identity }) => {
        const pass = await bus.passes.issue(JSON.stringify(identity), PASS_SECS * 1000).catch(notNow)
        return { status: 201, json: { pass, expires_in_secs: PASS_SECS } satisfies StreamPass }
      },
    }),
  ]
}

interface Access {
  authenticator: Authenticator
  bus: Pick<Bus, 'passes'>
  limits: Pick<CallerLimits, 'admit'>
  /** Whose pages may open a stream, beside our own. */
  origins: readonly string[]
}

/** A browser opens a WebSocket for a page of anybody: where the place of the caller is proof enough, the page has to be one that may. */
const PROVED_BY_PLACE = new Set(['none', 'address', 'cert', 'plugin'])

export function streamAccess({ authenticator, bus, limits, origins }: Access): StreamDeps['authenticate'] {
  return async (request, { pass }) => {
    const identity = pass === undefined ? await authenticator.authenticate(request) : await heldBy(bus, pass)
    if (identity === null) return null
    if (pass === undefined && PROVED_BY_PLACE.has(identity.method) && isForeign(request, origins))
      throw new DomainError('forbidden', 'pages of other sites may not open a stream')
    await limits.admit(identity)
    return identity
  }
}

async function heldBy({ passes }: Pick<Bus, 'passes'>, pass: string): Promise<Identity | null> {
  const held = await passes.redeem(pass).catch(notNow)
  return held === null ? null : Held.parse(JSON.parse(held))
}

function notNow(cause: unknown): never {
  throw new DomainError('unavailable', 'passes cannot be looked up now; try again soon', {}, { cause })
}

function isForeign({ headers: { origin, host } }: IncomingMessage, origins: readonly string[]): boolean {
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
