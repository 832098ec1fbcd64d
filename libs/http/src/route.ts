import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Identity } from './auth/identity.js'

export type Method = 'GET' | 'POST' | 'DELETE'
export type Access = 'open' | 'user' | 'admin'

export interface Call<P, Q, B> {
  params: P
  query: Q
  body: B
  identity: Identity
  request: Request
  response: Response
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  json: unknown
}

/** JSON of this schema, or bytes of this type or of one of these. */
export type Answer = z.ZodType | { type: string | readonly string[] }

/** What a caller should know of a route, beside its schemas. */
interface Told {
  /** What clients that are generated from the description call it; it never changes. */
  name: string
  /** One line of what it does. */
  about: string
  answer: Answer
  /** The good ones; 200 alone by default. */
  statuses?: readonly number[]
}

export interface Route extends Told {
  method: Method
  /** In Express's form: `/ticket{s}/:ticket_id`. */
  path: string
  access: Access
  login?: boolean
  params: z.ZodType
  query: z.ZodType
  body: z.ZodType
  /** Undefined: the handler has written the answer itself. */
  handle(call: Call<never, never, never>): Promise<Reply | undefined>
}

const Nothing = z.strictObject({})
type Nothing = typeof Nothing
const NothingSent = Nothing.optional()

interface Definition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Told {
  method: Method
  path: string
  access: Access
  /** People open it in a browser, which can show a key only as the password of a login. For what changes nothing: browsers show it to any page's request. */
  login?: boolean
  params?: P
  query?: Q
  body?: B
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply | undefined> | Reply | undefined
}

/** A row of the table of routes. What it does not name (query, body) may not be sent. */
export function route<P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = typeof NothingSent>(
  definition: Definition<P, Q, B>,
): Route {
  const { params = Nothing, query = Nothing, body = NothingSent, handle, ...rest } = definition
  return { ...rest, params, query, body, handle: async (call) => handle(call as never) }
}
