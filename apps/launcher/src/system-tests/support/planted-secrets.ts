import { randomBytes } from 'node:crypto'
import { SETTINGS } from '@torrentino/runtime'

/** Found nowhere else. */
export const mark = () => randomBytes(32).toString('hex')

/** These carry secrets of the test's own servers, which it knows. */
const NOT_OURS = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL', 'SEARCHER_INDEXERS']
const address = (secret: string) => `http://somebody:${secret}@127.0.0.1:1/`

/** What has a form of its own; all else is text. */
const FORMS: Record<string, (secret: string) => string> = {
  AUTH_TOKENS: (secret) => `somebody:user:${secret}`,
  SEARCHER_JACKETT_URL: address,
  SEARCHER_PROWLARR_URL: address,
  MATCHER_LLM_API_BASE: address,
  QBITTORRENT_URL: address,
  TORRENT_CLIENTS: (secret) => JSON.stringify([{ name: 'default', engine: 'aria2', username: 'somebody', password: secret }]),
}
/** Without these some of them would not be taken. */
const BESIDE = { QBITTORRENT_USERNAME: 'somebody', MATCHER_LLM_PROVIDER: 'openai_compatible', MATCHER_LLM_MODEL: 'none' }

/** A secret in every setting that is sensitive, a new one included; none of them is of use, and none must show anywhere. */
export function plantSecrets(): { env: Record<string, string>; marks: Record<string, string> } {
  const names = SETTINGS.filter(({ env, sensitive }) => sensitive && !NOT_OURS.includes(env)).map(({ env }) => env)
  const marks = Object.fromEntries(names.map((name) => [name, mark()]))
  const planted = Object.entries(marks).map(([name, secret]) => [name, FORMS[name]?.(secret) ?? secret])
  return { env: { ...BESIDE, ...Object.fromEntries(planted) }, marks }
}
