import { type Config, mayBeAdmin } from '@torrentino/runtime'
import type { Tokens, WebhookTurn } from '@torrentino/store'

/** Whether this webhook may still be told what it asked for: of the tickets of others only those of an admin, as far as that can be known. */
export function mayHearAll(auth: Config['auth'], tokens: Pick<Tokens, 'isAdmin'>): (turn: WebhookTurn) => Promise<boolean> {
  return async ({ allTickets, owner }) =>
    !allTickets || mayBeAdmin(auth, owner) || (auth.method.includes('token') && (await tokens.isAdmin(owner)))
}
