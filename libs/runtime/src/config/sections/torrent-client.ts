import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { section } from '../section.js'
import { choice, describe, numberFromText, plainText, secret, text } from '../setting.js'
import { address, NAME, NAME_ALLOWED } from './indexer.js'

export const ENGINES = ['aria2', 'qbittorrent'] as const
export type Engine = (typeof ENGINES)[number]

/** The same folder, as a client names it and as we do. */
export interface PathPair {
  theirs: string
  ours: string
}

export const pathPair = plainText.regex(/^[^=]{1,2000}=\/[^=]{0,2000}$/).transform((value): PathPair => {
  const at = value.indexOf('=')
  return { theirs: value.slice(0, at).trim(), ours: value.slice(at + 1).trim() }
}) as unknown as z.ZodType<PathPair>

export const CATEGORY = {
  allowed: 'a name of at most 100 characters without backslash, comma and slashes at its ends',
  pattern: /^(?!\/)[^\\,]{1,100}(?<!\/)$/,
  fallback: 'torrentino',
}

export const INTERFACE = { allowed: 'the name or address of a network interface', pattern: /^[\w.:%@-]{0,64}$/ }

const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?$/

function isPortRange(value: string): boolean {
  const [, from, to = from] = PORTS.exec(value)?.map(Number) ?? []
  if (from === undefined || to === undefined || Number.isNaN(from)) return false
  const last = Number.isNaN(to) ? from : to
  return (from === 0 && last === 0) || (from >= 1024 && from <= last && last <= 65535)
}

export const listenPort = z.union([z.int().transform(String), z.string().max(20)]).refine(isPortRange) as unknown as z.ZodType<string>
export const LISTEN_PORT = {
  allowed: 'a port from 1024 to 65535, a range such as 6881-6999, or 0',
  fromText: (value: string) => (value.includes('-') ? value.trim() : numberFromText(value)),
}

const folder = plainText.min(1).refine(isAbsolute)
const PAIRS_ALLOWED = 'a list of pairs such as ["/downloads=/data/downloads"], first as qBittorrent says, then as we do'

/** What is not given is as the settings for all clients have it. */
export const clientFields = {
  name: describe(plainText.regex(NAME), { about: 'name in logs, health and catalog', allowed: NAME_ALLOWED }),
  engine: choice(ENGINES, { about: 'what it is' }),
  url: describe(address.optional(), { about: 'of its web interface', allowed: 'an http:// or https:// address', sensitive: true }),
  username: text({ about: 'user of the web interface', fallback: '' }),
  password: secret({ about: 'password of that user', fallback: '' }),
  category: text({ about: 'category of what is downloaded', ...CATEGORY }),
  path_map: describe(z.array(pathPair).max(50).prefault([]), { about: 'how it names folders', allowed: PAIRS_ALLOWED }),
  download_path: describe(folder.optional(), { about: 'where its downloads lie, as we name it', allowed: 'an absolute path' }),
  interface: describe(plainText.regex(INTERFACE.pattern).optional(), { about: 'that peers are reached through', ...INTERFACE }),
  listen_port: describe(listenPort.optional(), { about: 'for peers', ...LISTEN_PORT }),
  min_free_gb: describe(z.number().min(0).max(1_000_000).optional(), {
    about: 'space that it leaves free',
    allowed: 'a number from 0 to 1000000',
  }),
  max_downloads: describe(z.int().min(1).max(10_000).optional(), {
    about: 'how many torrents it may be loading at a time',
    allowed: 'a whole number from 1 to 10000',
  }),
}

export const torrentClient = section(clientFields, ({ engine, url, username, password }, complain) => {
  if (engine === 'qbittorrent' && url === undefined) complain('url', 'is required for a qbittorrent')
  if (engine === 'aria2' && url !== undefined) complain('url', 'is of no use for an aria2, which is started by ourselves')
  if ((username === '') !== (password === undefined)) complain('username', 'and password go together')
})
export type TorrentClientEntry = z.output<(typeof torrentClient)['schema']>
