import type { X509Certificate } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { USER_ID, type UserRole } from '@torrentino/runtime'

/** Who calls, as an authenticator found out. */
export interface Identity {
  userId: string
  role: UserRole
  method: string
}

/** What an authenticator gets to see of a request: a key in the query or the body would end in logs and histories. */
export interface AuthRequest {
  headers: IncomingHttpHeaders
  /** Where the request comes from; behind trusted proxies, where they say that it comes from. */
  sourceIp?: string
  /** That the caller proved to own; whether it counts says the method. */
  certificate?: X509Certificate
}

export interface Authenticator {
  /** For `WWW-Authenticate`. */
  challenge: string
  /** What a caller without a good proof may do, as the end of "this needs ...". */
  needs: string
  /** Null: nobody that is known. Throws `unavailable` when that cannot be found out now. */
  authenticate(request: IncomingMessage): Promise<Identity | null>
}

/** A name that came from outside, where it can be one: it goes into rows, logs and answers. */
export function identityOf(userId: unknown, role: UserRole, method: string): Identity | null {
  const { data } = USER_ID.safeParse(userId)
  return data === undefined || data.trim() === '' ? null : { userId: data, role, method }
}
