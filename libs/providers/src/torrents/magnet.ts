import { StageError } from '@torrentino/domain'
import { usableTrackers } from './trackers.js'

const MAX_CHARS = 8192
const MAX_NAME_CHARS = 500
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export interface Magnet {
  infoHash: string
  name?: string
  trackers: string[]
}

export function parseMagnet(uri: string): Magnet {
  if (uri.length > MAX_CHARS) throw invalid(`it is longer than ${MAX_CHARS} characters`)
  if (!/^magnet:\?/i.test(uri)) throw invalid('it does not begin with magnet:?')
  const fields = [...new URLSearchParams(uri.slice('magnet:?'.length))]
  const topics = fields.filter(([key]) => /^xt(\.\d{1,4})?$/i.test(key)).map(([, value]) => value)
  const name = fields
    .find(([key]) => key.toLowerCase() === 'dn')?.[1]
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, MAX_NAME_CHARS)
  const trackers = usableTrackers(fields.filter(([key]) => /^tr(\.\d{1,4})?$/i.test(key)).map(([, value]) => value))
  return { infoHash: hashOf(topics), ...(name ? { name } : {}), trackers }
}

export function makeMagnet(infoHash: string, name?: string, trackers: readonly string[] = []): string {
  const fields = [`xt=urn:btih:${infoHash}`]
  if (name) fields.push(`dn=${encodeURIComponent(name)}`)
  fields.push(...trackers.map((tracker) => `tr=${encodeURIComponent(tracker)}`))
  return `magnet:?${fields.join('&')}`
}

/** An info hash in lower-case hex, from hex or base32; undefined when it is neither. */
export function normaliseInfoHash(text: string): string | undefined {
  if (/^[0-9a-f]{40}$/i.test(text)) return text.toLowerCase()
  if (!/^[A-Z2-7]{32}$/i.test(text)) return undefined
  const bits = [...text.toUpperCase()].reduce((sum, char) => (sum << 5n) | BigInt(BASE32.indexOf(char)), 0n)
  return bits.toString(16).padStart(40, '0')
}

function hashOf(topics: string[]): string {
  const hashes = topics.flatMap((topic) => normaliseInfoHash(/^urn:btih:(.*)$/i.exec(topic)?.[1] ?? '') ?? [])
  const [hash, ...others] = new Set(hashes)
  if (others.length > 0) throw invalid('it names two different torrents')
  if (hash) return hash
  if (topics.some((topic) => /^urn:btmh:/i.test(topic))) {
    throw new StageError(
      'permanent',
      'torrent_unsupported',
      'The magnet link is of version 2 only, which the engine cannot fetch. Choose another release.',
    )
  }
  throw invalid('it has no info hash of 40 hexadecimal or 32 base32 characters')
}

function invalid(why: string): StageError {
  return new StageError('permanent', 'magnet_invalid', `The magnet link cannot be used: ${why}.`)
}
