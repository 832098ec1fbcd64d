import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { type AddressRanges, plainAddress } from '@torrentino/runtime'
import type { AuthRequest } from './identity.js'
import { readCertificate } from './read-certificate.js'

export interface ProxyRules {
  trusted: AddressRanges
  /** In lower case; empty: certificates are proved in our own TLS. */
  certificateHeader: string
}

/** What a request proves. What a proxy says of others counts only where that proxy is trusted. */
export function authRequestOf(request: IncomingMessage, { trusted, certificateHeader }: ProxyRules): AuthRequest {
  const { headers, socket } = request
  const peer = socket.remoteAddress === undefined ? undefined : plainAddress(socket.remoteAddress)
  const isProxy = peer !== undefined && trusted.has(peer)
  const forwarded = isProxy && certificateHeader !== '' ? readCertificate(headers[certificateHeader]) : undefined
  return {
    headers,
    sourceIp: isProxy ? sourceBehind(peer, headers['x-forwarded-for'], trusted) : peer,
    certificate: certificateHeader === '' ? ownCertificate(socket) : forwarded,
  }
}

/**
 * Each proxy adds at the end whom it was asked by. From there backwards, the first that is no proxy of ours is the caller;
 * whatever stands before it anybody may have written.
 */
function sourceBehind(peer: string, header: string | string[] | undefined, trusted: AddressRanges): string | undefined {
  const hops = [...(header === undefined ? [] : [header].flat().join(',').split(',')).map((hop) => plainAddress(hop.trim())), peer]
  return hops.reverse().find((hop) => !trusted.has(hop)) ?? hops.at(-1)
}

function ownCertificate(socket: IncomingMessage['socket']): X509Certificate | undefined {
  return socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate() : undefined
}
