import { z } from 'zod'

const MAX_CHARS = 8192
const MAX_NAME_CHARS = 500
const TOPIC = /^xt(\.\d{1,4})?$/i
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export interface Magnet {
  /** 40 hexadecimal digits, lower case. */
  infoHash: string
  /** 64 hexadecimal digits, where the torrent has a second face of version 2. */
  infoHashV2?: string
  name?: string
  /** As they stand in the link: they may carry a passkey. */
  trackers: string[]
}

export type MagnetFault = 'malformed' | 'no_hash' | 'two_hashes' | 'version_2_only'

const SENTENCES: Record<MagnetFault, string> = {
  malformed: `must begin with magnet:? and have at most ${MAX_CHARS} characters, none of them spaces or control characters`,
  no_hash: 'has no info hash (xt=urn:btih:) of 40 hexadecimal or 32 base32 characters',
  two_hashes: 'names two different torrents',
  version_2_only: 'is of BitTorrent version 2 only, which cannot be downloaded; choose another release',
}

/** Any text gives a magnet with a proper info hash, or the reason why it is none. */
export function readMagnet(uri: string): Magnet | { fault: MagnetFault; message: string } {
  const fields = fieldsOf(uri)
  if (fields === undefined) return faultOf('malformed')
  const topics = valuesOf(fields, TOPIC)
  const { v1, v2 } = hashesIn(topics)
  if (v1.length > 1) return faultOf('two_hashes')
  const [infoHash] = v1
  if (infoHash === undefined) return faultOf(topics.some((topic) => /^urn:btmh:/i.test(topic)) ? 'version_2_only' : 'no_hash')
  const name = valuesOf(fields, /^dn$/i)[0]
    ?.replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MAX_NAME_CHARS)
  return {
    infoHash,
    ...(v2.length === 1 ? { infoHashV2: v2[0] } : {}),
    ...(name ? { name } : {}),
    trackers: valuesOf(fields, /^tr(\.\d{1,4})?$/i),
  }
}

/** The different hashes that a magnet names, of either version; none where the text is no magnet. */
export function magnetHashes(uri: string): { v1: string[]; v2: string[] } {
  return hashesIn(valuesOf(fieldsOf(uri) ?? [], TOPIC))
}

function fieldsOf(uri: string): [string, string][] | undefined {
  if (uri.length > MAX_CHARS || !/^magnet:\?[^\s\p{Cc}\p{Cs}]+$/iu.test(uri)) return undefined
  return [...new URLSearchParams(uri.slice('magnet:?'.length))]
}

/** `1220` says that 32 bytes of SHA-256 follow. */
function hashesIn(topics: string[]): { v1: string[]; v2: string[] } {
  const v1 = topics.flatMap((topic) => normaliseInfoHash(/^urn:btih:(.*)$/i.exec(topic)?.[1] ?? '') ?? [])
  const v2 = topics.flatMap((topic) => /^urn:btmh:1220([0-9a-f]{64})$/i.exec(topic)?.[1]?.toLowerCase() ?? [])
  return { v1: [...new Set(v1)], v2: [...new Set(v2)] }
}

/** An info hash in lower-case hex, from hex or base32; undefined when it is neither. */
export function normaliseInfoHash(text: string): string | undefined {
  if (/^[0-9a-f]{40}$/i.test(text)) return text.toLowerCase()
  if (!/^[A-Z2-7]{32}$/i.test(text)) return undefined
  const bits = [...text.toUpperCase()].reduce((sum, char) => (sum << 5n) | BigInt(BASE32.indexOf(char)), 0n)
  return bits.toString(16).padStart(40, '0')
}

export function makeMagnet(infoHash: string, name?: string, trackers: readonly string[] = []): string {
  const fields = [`xt=urn:btih:${infoHash}`]
  // Half a surrogate pair, left by somebody's cutting, cannot be encoded.
  if (name) fields.push(`dn=${encodeURIComponent(name.replace(/\p{Cs}/gu, ''))}`)
  fields.push(...trackers.map((tracker) => `tr=${encodeURIComponent(tracker)}`))
  return `magnet:?${fields.join('&')}`
}

/** What may be shown of a magnet: hash and name, but no trackers. Undefined when it is none. */
export function publicMagnet(uri: string): string | undefined {
  const magnet = readMagnet(uri)
  return 'fault' in magnet ? undefined : makeMagnet(magnet.infoHash, magnet.name)
}

/** A magnet link as callers send it; each fault is a sentence. */
export const MagnetUri = z
  .string()
  .trim()
  .transform((uri, context) => {
    const magnet = readMagnet(uri)
    if (!('fault' in magnet)) return { uri, infoHash: magnet.infoHash }
    context.addIssue({ code: 'custom', message: magnet.message })
    return z.NEVER
  })

function faultOf(fault: MagnetFault): { fault: MagnetFault; message: string } {
  return { fault, message: SENTENCES[fault] }
}

function valuesOf(fields: [string, string][], key: RegExp): string[] {
  return fields.filter(([name]) => key.test(name)).map(([, value]) => value)
}
