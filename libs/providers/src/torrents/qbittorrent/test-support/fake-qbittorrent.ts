import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { handleAdd } from './fake-add.js'
import { FakeTorrents } from './fake-torrents.js'

export interface FakeOptions {
  /** The version of its Web API. */
  webapi: string
  /** Without one everybody is let in. */
  password?: string
}

export interface FakeQbittorrent {
  webapi: string
  url: string
  username: string
  password: string
  torrents: FakeTorrents
  /** Paths below the API, in the order in which they were asked for. */
  requests: string[]
  preferences: Record<string, string>
  /** Of its network interfaces. */
  addresses: Record<string, string[]>
  categories: Set<string>
  freeBytes: number
  /** Ids of torrents that it has and does not show yet: it was started just now. */
  hidden: Set<string>
  /** How often all torrents were told, not only what changed. */
  fullAnswers: number
  /** Answers everything with this status. */
  trouble?: number
  /** So many requests are left without an answer, their connections cut. */
  cuts: number
  /** What is asked for here is answered when that is over. */
  delays: Map<string, Promise<void>>
  endSessions(): void
  stop(): Promise<void>
}

export interface Call {
  fake: FakeQbittorrent
  since(version: string): boolean
  query: URLSearchParams
  fields: FormData
  session: Session
}

interface Session {
  rid: number
  sent: Map<string, Record<string, unknown>>
}

export type Reply = [status: number, body?: unknown]
const NOT_FOUND: Reply = [404, 'Not Found']
const LIMITS = ['ratioLimit', 'seedingTimeLimit']
const ALLOWED_FAILURES = 5

/** Answers as a qBittorrent of that version is documented to, and is as strict: what is missing is a 400, what it has not is a 404. */
export async function startFakeQbittorrent({ webapi, password = '' }: FakeOptions): Promise<FakeQbittorrent> {
  const since = (version: string) => compare(webapi, version) >= 0
  const sessions = new Map<string, Session>()
  let failures = 0

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    const path = url.pathname.replace('/api/v2/', '')
    fake.requests.push(path)
    const fields = await readForm(request)
    await fake.delays.get(path)
    if (fake.cuts > 0) {
      fake.cuts--
      request.socket.destroy()
      return
    }
    if (fake.trouble) return send(response, [fake.trouble])
    if (request.headers.origin || request.headers.referer) return send(response, [401, 'Unauthorized'])
    const cookie = `${since('2.15') ? `QBT_SID_${port()}` : 'SID'}`
    if (path === 'auth/login') return send(response, logIn(fields, cookie, response))
    const session = sessions.get(new RegExp(`(?:^|; )${cookie}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? '')
    if (!session && password !== '') return send(response, [403, 'Forbidden'])
    const own = session ?? openSession(cookie, response)
    send(response, (await ROUTES[path]?.({ fake, since, query: url.searchParams, fields, session: own })) ?? NOT_FOUND, webapi, path)
  })

  function logIn(fields: FormData, cookie: string, response: ServerResponse): Reply {
    if (failures >= ALLOWED_FAILURES) return [403, 'banned']
    if (fields.get('username') !== 'admin' || fields.get('password') !== password) {
      failures++
      return since('2.15') ? [401] : [200, 'Fails.']
    }
    openSession(cookie, response)
    return since('2.15') ? [204] : [200, 'Ok.']
  }

  function openSession(cookie: string, response: ServerResponse): Session {
    const key = `session${sessions.size + 1}`
    const session: Session = { rid: 0, sent: new Map() }
    sessions.set(key, session)
    response.setHeader('set-cookie', [
      `${cookie}=${key}; HttpOnly; path=/; SameSite=Strict`,
      'proxy=a; Expires=Wed, 21 Oct 2099 07:28:00 GMT',
    ])
    return session
  }

  const port = () => (server.address() as AddressInfo).port
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: FakeQbittorrent = {
    webapi,
    url: `http://127.0.0.1:${port()}`,
    username: password === '' ? '' : 'admin',
    password,
    torrents: new FakeTorrents(since('2.11') ? 'stopped' : 'paused'),
    requests: [],
    preferences: { current_network_interface: '', current_interface_address: '' },
    addresses: { lo: ['127.0.0.1'] },
    categories: new Set(),
    freeBytes: 1e12,
    hidden: new Set(),
    fullAnswers: 0,
    cuts: 0,
    delays: new Map(),
    endSessions: () => sessions.clear(),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

const ROUTES: Record<string, (call: Call) => Reply | Promise<Reply>> = {
  'app/webapiVersion': ({ fake }) => [200, fake.webapi],
  'app/version': () => [200, 'v0.0.0'],
  'app/preferences': ({ fake }) => [200, fake.preferences],
  'app/setPreferences': ({ fake, fields }) => [200, void Object.assign(fake.preferences, JSON.parse(text(fields, 'json')))],
  'app/networkInterfaceAddressList': ({ fake, query }) => {
    const name = query.get('iface') ?? ''
    return [200, name === '' ? Object.values(fake.addresses).flat() : (fake.addresses[name] ?? [])]
  },
  'sync/maindata': mainData,
  'torrents/createCategory': ({ fake, fields }) => {
    if (fake.categories.has(text(fields, 'category'))) return [409, 'Unable to create category']
    fake.categories.add(text(fields, 'category'))
    return [200]
  },
  'torrents/add': handleAdd,
  'torrents/files': ({ fake, query }) => {
    const torrent = fake.torrents.byId.get(query.get('hash') ?? '')
    if (!torrent) return NOT_FOUND
    const files = torrent.meta?.files.filter((file) => !file.padding) ?? []
    const { priorities, progress } = torrent
    return [
      200,
      files.map(({ path, size_bytes: size }, index) => ({
        index,
        name: path,
        size,
        priority: priorities[index],
        progress: progress[index],
      })),
    ]
  },
  'torrents/export': ({ fake, query }) => {
    const torrent = fake.torrents.byId.get(query.get('hash') ?? '')
    if (!torrent) return NOT_FOUND
    return torrent.torrent ? [200, Buffer.from(torrent.torrent)] : [409, 'Missing metadata']
  },
  'torrents/filePrio': ({ fake, fields }) => {
    const torrent = fake.torrents.byId.get(text(fields, 'hash'))
    if (!torrent) return NOT_FOUND
    if (!torrent.meta) return [409, "Torrent's metadata has not yet downloaded"]
    for (const id of text(fields, 'id').split('|')) torrent.priorities[Number(id)] = Number(text(fields, 'priority'))
    return [200]
  },
  'torrents/pause': ({ since, ...call }) => (since('2.11') ? NOT_FOUND : setRunning(call, false)),
  'torrents/resume': ({ since, ...call }) => (since('2.11') ? NOT_FOUND : setRunning(call, true)),
  'torrents/stop': ({ since, ...call }) => (since('2.11') ? setRunning(call, false) : NOT_FOUND),
  'torrents/start': ({ since, ...call }) => (since('2.11') ? setRunning(call, true) : NOT_FOUND),
  'torrents/recheck': ({ fake, fields }) => [
    200,
    void Object.assign(fake.torrents.byId.get(text(fields, 'hashes')) ?? {}, { state: 'checkingDL' }),
  ],
  'torrents/setShareLimits': ({ fake, fields, since }) => {
    const asked = [...LIMITS, ...(since('2.9.2') ? ['inactiveSeedingTimeLimit'] : []), ...(since('2.12') ? ['shareLimitAction'] : [])]
    if (asked.some((name) => !fields.has(name))) return [400, 'Missing required parameters']
    for (const id of text(fields, 'hashes').split('|')) {
      const torrent = fake.torrents.byId.get(id)
      if (torrent) torrent.limits = Object.fromEntries(asked.map((name) => [name, text(fields, name)]))
    }
    return [200]
  },
  'torrents/addTags': ({ fake, fields }) => {
    for (const tag of text(fields, 'tags').split(',')) fake.torrents.byId.get(text(fields, 'hashes'))?.tags.add(tag)
    return [200]
  },
  'torrents/deleteTags': ({ fake, fields }) => {
    for (const tag of text(fields, 'tags').split(',')) for (const torrent of fake.torrents.byId.values()) torrent.tags.delete(tag)
    return [200]
  },
  'torrents/addTrackers': () => [200],
  'torrents/delete': ({ fake, fields }) => {
    if (!fields.has('deleteFiles')) return [400, 'Missing required parameters']
    for (const id of text(fields, 'hashes').split('|')) fake.torrents.byId.delete(id)
    return [200]
  },
}

/** Only what changed since the answer that the caller says it had; to anything else the whole. */
function mainData({ fake, query, session }: Call): Reply {
  const full = session.rid === 0 || Number(query.get('rid')) !== session.rid
  if (full) fake.fullAnswers++
  const before = full ? new Map<string, Record<string, unknown>>() : session.sent
  const shown = [...fake.torrents.byId].filter(([id]) => !fake.hidden.has(id))
  const now = new Map(shown.map(([id, torrent]) => [id, fake.torrents.row(torrent)]))
  const torrents = [...now].flatMap(([id, row]) => {
    const old = before.get(id)
    const changed = Object.entries(row).filter(([name, value]) => old?.[name] !== value)
    return changed.length > 0 ? [[id, Object.fromEntries(changed)] as const] : []
  })
  const removed = [...before.keys()].filter((id) => !now.has(id))
  Object.assign(session, { rid: session.rid + 1, sent: now })
  return [
    200,
    {
      rid: session.rid,
      ...(full ? { full_update: true } : {}),
      ...(torrents.length > 0 ? { torrents: Object.fromEntries(torrents) } : {}),
      ...(removed.length > 0 ? { torrents_removed: removed } : {}),
      server_state: { free_space_on_disk: fake.freeBytes },
    },
  ]
}

function setRunning({ fake, fields }: Pick<Call, 'fake' | 'fields'>, running: boolean): Reply {
  fake.torrents.setRunning(text(fields, 'hashes').split('|'), running)
  return [200]
}

export function text(fields: FormData, name: string): string {
  return String(fields.get(name) ?? '')
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  const body = await buffer(request)
  const type = request.headers['content-type']
  if (type === undefined || body.length === 0) return new FormData()
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
}

/** Since 2.11.8 what has nothing to say says so by its status. */
function send(response: ServerResponse, [status, body]: Reply, webapi = '', path = ''): void {
  const empty = body === undefined
  const code = empty && status === 200 && webapi !== '' && path !== 'torrents/add' && compare(webapi, '2.11.8') >= 0 ? 204 : status
  response.writeHead(code).end(empty ? '' : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

function compare(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number))
  for (let index = 0; index < 3; index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
