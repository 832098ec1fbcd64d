import { z } from 'zod'
import { type Secret, secretUrl } from '../../secret.js'
import { section } from '../section.js'
import { decimal, describe, list, numberFromText, plainText, secret, splitList } from '../setting.js'
import { address, type Indexer, MUSIC, NAME, NAME_ALLOWED, perMinute, prowlarrId, TIMEOUT, URL_ALLOWED } from './indexer.js'

/** An indexer that a Jackett or Prowlarr server has set up; `all` is the server itself, asked once for all of them. */
export interface ServerIndexer {
  name: string
  /** Its number in Prowlarr. */
  id?: number
  requests_per_minute?: number
}

const ALL = 'all'
const jackettEntry = z.union([
  plainText.regex(NAME).transform((name) => ({ name })),
  z.strictObject({ name: plainText.regex(NAME), requests_per_minute: perMinute }),
]) as unknown as z.ZodType<ServerIndexer>

const prowlarrEntry = z.union([
  z.literal(ALL).transform(() => ({ name: ALL })),
  prowlarrId.transform((id) => ({ name: `prowlarr-${id}`, id })),
  z
    .strictObject({ id: prowlarrId, name: plainText.regex(NAME).optional(), requests_per_minute: perMinute })
    .transform((entry) => ({ ...entry, name: entry.name ?? `prowlarr-${entry.id}` })),
]) as unknown as z.ZodType<ServerIndexer>

/** Made anew for each setting, because a setting is known by its schema. */
function optional<T>(schema: z.ZodType<T>) {
  return z.union([z.literal('').transform(() => undefined), schema]).prefault('') as unknown as z.ZodType<T | undefined>
}

function serverSection(server: string, port: number, indexers: z.ZodType<ServerIndexer[]>) {
  const key = server.toLowerCase()
  return section(
    {
      url: describe(optional(address), {
        about: `Address of a ${server} server, such as http://localhost:${port}; adds its indexers to SEARCHER_INDEXERS`,
        allowed: URL_ALLOWED,
        fallback: '',
        sensitive: true,
      }),
      api_key: secret({ about: `API key of the ${server} server`, fallback: '' }),
      timeout_secs: decimal({ about: `Longest time a ${server} indexer may take`, ...TIMEOUT }),
      indexers,
    },
    ({ url, api_key }, complain) => {
      if (url !== undefined && api_key === undefined) complain('api_key', `is required when searcher.${key}.url is set`)
      if (url === undefined && api_key !== undefined) complain('url', `is required when searcher.${key}.api_key is set`)
    },
  )
}

export const jackett = serverSection(
  'Jackett',
  9117,
  list(jackettEntry, {
    about: 'Jackett indexers to ask, comma separated; all = what Jackett has set up, in one question',
    allowed: `a list of indexer names (${NAME_ALLOWED}), in the file also of {name, requests_per_minute}`,
    fallback: ALL,
    minLength: 1,
    maxLength: 200,
  }),
)

export const prowlarr = serverSection(
  'Prowlarr',
  9696,
  describe(z.array(prowlarrEntry).min(1).max(200).prefault([ALL]) as unknown as z.ZodType<ServerIndexer[]>, {
    about: 'Prowlarr indexers to ask by their numbers, comma separated; all = its torrent indexers, in one question',
    allowed: 'a list of numbers of Prowlarr indexers or all, in the file also of {id, name, requests_per_minute}',
    fallback: ALL,
    fromText: (value) => splitList(value).map(numberFromText),
  }),
)

export interface Server {
  url: Secret | undefined
  api_key: Secret | undefined
  timeout_secs: number
  indexers: ServerIndexer[]
}

/** One by one over Torznab, where each has its own limit and its own failures; all together over the server's JSON. */
export function viaJackett(server: Server): Indexer[] {
  return viaServer(server, 'jackett', ({ name }) => `/api/v2.0/indexers/${name}/results/torznab/api`)
}

export function viaProwlarr(server: Server): Indexer[] {
  return viaServer(server, 'prowlarr', ({ id }) => `/${id}/api`)
}

function viaServer(
  { url, api_key, timeout_secs, indexers }: Server,
  kind: 'jackett' | 'prowlarr',
  torznab: (entry: ServerIndexer) => string,
): Indexer[] {
  if (url === undefined) return []
  const common = { api_key, timeout_secs, categories: [MUSIC], ids: undefined }
  return indexers.map(({ requests_per_minute, ...entry }) =>
    entry.name === ALL
      ? { ...common, name: kind, kind, url, requests_per_minute }
      : { ...common, name: entry.name, kind: 'torznab', url: below(url, torznab(entry)), requests_per_minute },
  )
}

function below(server: Secret, path: string): Secret {
  const url = new URL(server.reveal())
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  return secretUrl(url.href)
}
