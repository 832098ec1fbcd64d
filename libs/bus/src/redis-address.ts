/** Where Redis is and how to get in. */
export interface RedisTarget {
  /** `redis://`, or `redis+cluster://` with nodes of a cluster, or `redis+sentinel://` with sentinels and the name they watch; `rediss` for TLS. */
  url: string
  /** Begins the name of every key and channel. */
  prefix: string
  /** PEM texts; without them the system's authorities are trusted and no certificate is shown. */
  tls?: { ca?: string; cert?: string; key?: string }
  /** What the sentinels want to hear, which is another word than that of the servers. */
  sentinelPassword?: string
}

export interface Host {
  host: string
  port: number
}

export interface RedisAddress {
  kind: 'server' | 'cluster' | 'sentinel'
  tls: boolean
  hosts: Host[]
  username?: string
  password?: string
  db: number
  /** The name under which the sentinels know the server. */
  master?: string
}

const FORM = /^redis(s?)(?:\+(cluster|sentinel))?:\/\/(?:([^/?#]*)@)?([^@/?#]+)((?:\/[^/?#]*)*)$/
const PORTS = { server: 6379, cluster: 6379, sentinel: 26379 }

/** Throws without a word of what stands in the address: it may hold a password. */
export function parseRedisUrl(url: string): RedisAddress {
  const [match, tls, kind = 'server', login, hosts = '', path = ''] = FORM.exec(url) ?? []
  if (match === undefined) throw new Error('this is no address of Redis')
  const parts = path.split('/').filter((part) => part !== '')
  const master = kind === 'sentinel' ? parts.shift() : undefined
  if (kind === 'sentinel' && master === undefined) throw new Error('the address of Redis lacks the name that the sentinels watch')
  const db = Number(parts.shift() ?? 0)
  if (!Number.isInteger(db) || parts.length > 0 || (kind === 'cluster' && db !== 0))
    throw new Error('the address of Redis has a path too much')
  const defaultPort = PORTS[kind as RedisAddress['kind']]
  return {
    kind: kind as RedisAddress['kind'],
    tls: tls === 's',
    hosts: hosts.split(',').map((text) => hostOf(text, defaultPort)),
    ...(login === undefined ? {} : loginOf(login)),
    db,
    ...(master === undefined ? {} : { master }),
  }
}

function hostOf(text: string, defaultPort: number): Host {
  const [match, inBrackets, name, port] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? []
  if (match === undefined) throw new Error('the address of Redis names a host that can be none')
  return { host: inBrackets ?? name ?? '', port: port === undefined ? defaultPort : Number(port) }
}

function loginOf(login: string): Pick<RedisAddress, 'username' | 'password'> {
  const [username = '', ...rest] = login.split(':')
  const password = rest.join(':')
  return { ...(username && { username: decoded(username) }), ...(password && { password: decoded(password) }) }
}

/** A percent sign that begins no code stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * In a cluster all keys of a system share one slot: scripts and transactions then find all their keys in one place, and whatever
 * loses jobs loses the mark of an emptied Redis with them.
 */
export function keyPrefix({ url, prefix }: Pick<RedisTarget, 'url' | 'prefix'>): string {
  return parseRedisUrl(url).kind === 'cluster' ? `{${prefix}}` : prefix
}
