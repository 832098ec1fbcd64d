import type { LogLine } from '../../log-lines.js'
import type { TestSystem } from './test-system.js'

/** All that was heard of a system while it ran. */
export interface Heard {
  logs: LogLine[]
  messages: unknown[]
}

/** Everything that the system tells anybody, and everything that it has in its database, as text by place. */
export async function toldBy({ system, client, sql }: TestSystem, { logs, messages }: Heard): Promise<Record<string, string>> {
  const { tickets } = await client.listTickets({ limit: 200 })
  const { indexers } = await client.indexers()
  const { torrents } = await client.catalog()
  const answers = [
    ...['/tickets', '/audit?limit=200', '/audit/export?format=jsonl', '/audit/export?format=csv', '/audit/export?format=training'],
    ...['/indexers', '/stats', '/config', '/catalog', '/catalog/warmer', '/health'],
    ...tickets.map(({ ticket_id }) => `/ticket/${ticket_id}`),
    ...tickets.filter(({ state }) => state === 'completed').map(({ ticket_id }) => `/ticket/${ticket_id}/files`),
    ...indexers.flatMap(({ name }) => [`/indexers/${name}`, `POST /indexers/${name}/test`]),
    ...torrents.map(({ info_hash }) => `/catalog/${info_hash}`),
  ]
  const tables = await sql.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`)
  const filled: [string, string][] = []
  for (const { name } of tables) {
    const [rows] = await sql.query<{ text: string | null }>(`select string_agg(t::text, ' ') as text from "${name}" t`)
    if (rows?.text) filled.push([`table ${name}`, rows.text])
  }
  const metrics = Object.entries(system.urls.status).map(
    async ([name, url]): Promise<[string, string]> => [`metrics of ${name}`, await textAt(`${url}/metrics`)],
  )
  const told = answers.map(async (answer): Promise<[string, string]> => {
    const [path = '', method = 'GET'] = answer.split(' ').reverse()
    return [answer, await textAt(`${new URL(system.urls.api).origin}/api/v1${path}`, method)]
  })
  return Object.fromEntries([
    ...(await Promise.all([...metrics, ...told])),
    ...filled,
    ['logs', logs.map((line) => JSON.stringify(line)).join('\n')],
    ['events', messages.map((message) => JSON.stringify(message)).join('\n')],
  ])
}

async function textAt(url: string, method = 'GET'): Promise<string> {
  const response = await fetch(url, { method })
  if (!response.ok) throw new Error(`${method} ${url} gave ${response.status}`)
  return response.text()
}
