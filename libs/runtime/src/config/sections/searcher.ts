import { z } from 'zod'
import { type Secret, secretUrl } from '../../secret.js'
import { mapped, section } from '../section.js'
import { decimal, describe, isUrl, list, plainText, secret } from '../setting.js'

const TIMEOUT = { min: 0.1, max: 600, fallback: 30 }
const NAME = /^\w[\w.-]{0,63}$/
const NAME_ALLOWED = 'letters, digits, _, . and -, at most 64'
const MUSIC = 3000
const URL_ALLOWED = 'an http:// or https:// address without a key in it (the key goes into api_key)'

/** A key belongs into `api_key`; a login before the host, as reverse proxies want it, is fine. */
const address = plainText
  .refine((value) => isUrl(value, ['http:', 'https:']) && !/key|token|pass/i.test(new URL(value).search))
  .transform(secretUrl)

const fields = {
  name: describe(plainText.regex(NAME), { about: 'name in logs and audit', allowed: NAME_ALLOWED }),
  url: describe(address, { about: 'Torznab address', allowed: URL_ALLOWED, sensitive: true }),
  api_key: secret({ about: 'key of the indexer', fallback: '' }),
  timeout_secs: decimal({ about: 'longest answer time', ...TIMEOUT }),
  categories: describe(z.array(z.int().min(1).max(999_999)).min(1).max(100).prefault([MUSIC]), {
    about: 'Torznab categories',
    allowed: 'a list of Torznab category numbers such as [3000]',
  }),
}
const indexer = z.strictObject(fields)
export type Indexer = z.output<typeof indexer>

const jackettIndexer = z.union([
  plainText.regex(NAME),
  z.strictObject({ name: plainText.regex(NAME) }).transform((entry) => entry.name),
]) as unknown as z.ZodType<string>

const jackettAddress = z.union([z.literal('').transform(() => undefined), address]).prefault('') as unknown as z.ZodType<Secret | undefined>

const jackett = section(
  {
    url: describe(jackettAddress, {
      about: 'Address of a Jackett server, such as http://localhost:9117; adds its indexers to SEARCHER_INDEXERS',
      allowed: URL_ALLOWED,
      fallback: '',
      sensitive: true,
    }),
    api_key: secret({ about: 'API key of the Jackett server', fallback: '' }),
    timeout_secs: decimal({ about: 'Longest time a Jackett indexer may take', ...TIMEOUT }),
    indexers: list(jackettIndexer, {
      about: 'Jackett indexers to ask, comma separated; all = what Jackett has set up, in one question',
      allowed: `a list of indexer names (${NAME_ALLOWED})`,
      fallback: 'all',
      minLength: 1,
      maxLength: 200,
    }),
  },
  ({ url, api_key }, complain) => {
    if (url !== undefined && api_key === undefined) complain('api_key', 'is required when searcher.jackett.url is set')
    if (url === undefined && api_key !== undefined) complain('url', 'is required when searcher.jackett.api_key is set')
  },
)

const indexers = describe(z.array(indexer).max(200).prefault([]), {
  about: 'Torznab indexers as JSON: [{"name":"...","url":"http://...","api_key":"...","timeout_secs":30,"categories":[3000]}]',
  allowed: 'a JSON list of indexers, each with name and url, and if need be api_key, timeout_secs and categories',
  fallback: '[]',
  sensitive: true,
  parts: fields,
  fromText: jsonFromText,
})

function jsonFromText(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export const searcher = mapped(
  section({ indexers, jackett }, (values, complain) => {
    const names = [...values.indexers.map((entry) => entry.name), ...(values.jackett.url === undefined ? [] : values.jackett.indexers)]
    const double = names.find((name, index) => names.indexOf(name) !== index)
    if (double !== undefined) complain('indexers', `must not name ${double} twice`)
  }),
  (values): { indexers: Indexer[] } => ({ indexers: [...values.indexers, ...viaJackett(values.jackett)] }),
)

interface Jackett {
  url: Secret | undefined
  api_key: Secret | undefined
  timeout_secs: number
  indexers: string[]
}

function viaJackett({ url, api_key, timeout_secs, indexers: names }: Jackett): Indexer[] {
  if (url === undefined) return []
  return names.map((name) => ({ name, url: torznabOf(url, name), api_key, timeout_secs, categories: [MUSIC] }))
}

function torznabOf(jackettUrl: Secret, name: string): Secret {
  const url = new URL(jackettUrl.reveal())
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v2.0/indexers/${name}/results/torznab/api`
  return secretUrl(url.href)
}
