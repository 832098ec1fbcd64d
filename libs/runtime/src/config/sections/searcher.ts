import { z } from 'zod'
import type { Secret } from '../../secret.js'
import { mapped, section } from '../section.js'
import { decimal, describe, isUrl, list, plainText, secret, text } from '../setting.js'

const TIMEOUT = { min: 0.1, max: 600, fallback: 30 }
const NAME = /^[\w.-]{1,64}$/
const NAME_ALLOWED = 'letters, digits, _, . and -, at most 64'
const MUSIC = 3000

/** A key belongs into `api_key`, where it is kept secret; an address is shown in logs and the audit. */
function isBareHttpUrl(value: string): boolean {
  if (!isUrl(value, ['http:', 'https:'])) return false
  const url = new URL(value)
  return url.username === '' && url.password === '' && !/key|token|pass/i.test(url.search)
}

const fields = {
  name: describe(plainText.regex(NAME), { about: 'name in logs and audit', allowed: NAME_ALLOWED }),
  url: describe(plainText.refine(isBareHttpUrl), {
    about: 'Torznab address',
    allowed: 'an http:// or https:// address without user, password or key in it (the key goes into api_key)',
    sensitive: true,
  }),
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

const jackett = section(
  {
    url: text({
      about: 'Address of a Jackett server, such as http://localhost:9117; adds its indexers to SEARCHER_INDEXERS',
      allowed: 'an http:// or https:// address without user, password or key in it',
      pattern: /^$|^https?:\/\/[^/@?#\s]+(\/[^@?#\s]*)?$/i,
      fallback: '',
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
    if (url !== '' && api_key === undefined) complain('api_key', 'is required when searcher.jackett.url is set')
    if (url === '' && api_key !== undefined) complain('url', 'is required when searcher.jackett.api_key is set')
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
    const names = [...values.indexers.map((entry) => entry.name), ...(values.jackett.url === '' ? [] : values.jackett.indexers)]
    const double = names.find((name, index) => names.indexOf(name) !== index)
    if (double !== undefined) complain('indexers', `must not name ${double} twice`)
  }),
  (values): { indexers: Indexer[] } => ({ indexers: [...values.indexers, ...viaJackett(values.jackett)] }),
)

interface Jackett {
  url: string
  api_key: Secret | undefined
  timeout_secs: number
  indexers: string[]
}

function viaJackett({ url, api_key, timeout_secs, indexers: names }: Jackett): Indexer[] {
  if (url === '') return []
  const base = url.replace(/\/+$/, '')
  return names.map((name) => ({
    name,
    url: `${base}/api/v2.0/indexers/${name}/results/torznab/api`,
    api_key,
    timeout_secs,
    categories: [MUSIC],
  }))
}
