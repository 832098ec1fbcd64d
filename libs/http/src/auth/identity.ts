import type { IncomingHttpHeaders } from 'node:http'

export type UserRole = 'user' | 'admin'

/** Who calls, as an authenticator found out. */
export interface Identity {
  userId: string
  role: UserRole
  method: string
}

/** What an authenticator gets to see of a request. */
export interface AuthRequest {
  headers: IncomingHttpHeaders
  sourceIp?: string
}

export interface Authenticator {
  method: string
  /** For `WWW-Authenticate`. */
  challenge: string
  /** Null: not authenticated, for whatever reason. */
  authenticate(request: AuthRequest): Promise<Identity | null>
}
