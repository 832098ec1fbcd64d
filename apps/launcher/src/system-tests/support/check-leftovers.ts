import { readdir } from 'node:fs/promises'
import { ROOT_MARK } from '@torrentino/media'
import { waitFor } from '@torrentino/testkit'
import type { TestSystem } from './test-system.js'

// What the queues keep of themselves, the rights that processes hold as long as they live, and what is known of indexers, and of the cost of tickets, for a while.
const LASTING_KEYS =
  /^\{?torrentino\}?:(mark|(lease|turns):downloads|lease:torrent:.*|(ladder|limit|memory|tally):.*|(search|match|download|convert|place|cleanup):(meta|id|marker|events|stalled-check|pc))$/

/** Waits until the tickets that ended have left nothing: no message to tell, no job, no journal, no file in the making. */
export async function nothingLeft(it: TestSystem): Promise<void> {
  let left: string[] = []
  await waitFor(
    'the clean-up',
    async () => {
      left = await leftovers(it)
      return left.length === 0
    },
    120_000,
    100,
  ).catch(() => {
    throw new Error(`left behind:\n${left.slice(0, 30).join('\n')}`)
  })
}

export async function leftovers({ sql, store, redis, folders }: TestSystem): Promise<string[]> {
  const turns = await sql.query<{ id: string; state: string }>('select id, state from tickets where stage is not null')
  const journal = await sql.query<{ ticket_id: string }>('select ticket_id from placement_files')
  const outbox = await store.outbox.count()
  const keys = (await redis.keys()).filter((key) => !LASTING_KEYS.test(key))
  const work = await readdir(folders.work, { recursive: true })
  const media = (await readdir(folders.media, { recursive: true })).filter(
    (path) => path !== ROOT_MARK && /\.(part|bak)$|(^|\/)\./.test(path),
  )
  return [
    ...turns.map(({ id, state }) => `ticket ${id} in state ${state} still has a turn`),
    ...journal.map((row) => `journal of ${row.ticket_id}`),
    ...(outbox === 0 ? [] : [`${outbox} rows in the outbox`]),
    ...keys.map((key) => `key ${key}`),
    ...work.map((path) => `work file ${path}`),
    ...media.map((path) => `media file ${path}`),
  ]
}
