import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A request as a server sees it. */
export function askedFrom(remoteAddress: string, headers: IncomingHttpHeaders = {}): IncomingMessage {
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage
}
