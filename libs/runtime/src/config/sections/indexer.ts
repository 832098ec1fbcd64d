import { z } from 'zod'
import { secretUrl } from '../../secret.js'
import { choice, decimal, describe, isUrl, plainText, secret } from '../setting.js'

export const TIMEOUT = { min: 0.1, max: 600, fallback: 30 }
export const NAME = /^\w[\w.-]{0,63}$/
export const NAME_ALLOWED = 'letters, digits, _, . and -, at most 64'
export const URL_ALLOWED =
  'an http:// or https:// address without a key in it (the key goes into api_key; where a feed wants it in its address, {apikey} stands for it)'
export const MUSIC = 3000
export const INDEXER_KINDS = ['torznab', 'jackett', 'prowlarr', 'rss'] as const

/** A key belongs into `api_key`; a login before the host, as reverse proxies want it, is fine. */
export const address = plainText
  .refine((value) => isUrl(value, ['http:', 'https:']) && !/key|token|pass/i.test(new URL(value).search.replace(/[^?&]*=\{apikey\}/g, '')))
  .transform(secretUrl)

/** Absent: nobody limits it. */
export const perMinute = z.int().min(1).max(6000).optional()
export const prowlarrId = z.int().min(1).max(999_999)

export const indexerFields = {
  name: describe(plainText.regex(NAME), { about: 'name in logs and audit', allowed: NAME_ALLOWED }),
  kind: choice(INDEXER_KINDS, { about: 'what it speaks', fallback: 'torznab' }),
  url: describe(address, { about: 'its address', allowed: URL_ALLOWED, sensitive: true }),
  api_key: secret({ about: 'key of the indexer', fallback: '' }),
  timeout_secs: decimal({ about: 'longest answer time', ...TIMEOUT }),
  requests_per_minute: describe(perMinute, {
    about: 'requests per minute that it may be asked, by all processes together',
    allowed: 'a whole number from 1 to 6000',
  }),
  categories: describe(z.array(z.int().min(1).max(999_999)).min(1).max(100).prefault([MUSIC]), {
    about: 'Torznab categories',
    allowed: 'a list of Torznab category numbers such as [3000]',
  }),
  ids: describe(z.array(prowlarrId).min(1).max(200).optional(), {
    about: 'for prowlarr: which of its indexers; without, all of torrents',
    allowed: 'a list of numbers of Prowlarr indexers such as [1, 5]',
  }),
}
export const indexer = z.strictObject(indexerFields)
export type Indexer = z.output<typeof indexer>
