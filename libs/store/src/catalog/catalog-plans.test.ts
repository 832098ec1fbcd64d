import { afterAll, describe, expect, test } from '@jest/globals'
import { openTestStore } from '@torrentino/testkit'
import { CATALOG_QUERIES } from '../test-support/catalog-queries.js'
import { CATALOG_TABLES, manyTorrentsSql } from '../test-support/many-torrents.js'
import { readPlan } from '../test-support/query-plan.js'

const TORRENTS = Number(process.env.CATALOG_TORRENTS ?? 4000)
const FILES = 50
// The page itself with the counts beside it, and sorting what was found.
const SORTED = 500

const store = await openTestStore()
afterAll(() => store.drop())

// Filled without their indices, which are made as they were: much quicker.
const indices = await store.rows<{ name: string; sql: string }>(
  `select indexname as name, indexdef as sql from pg_indexes where tablename = any($1) and indexname not like '%_pkey'`,
  [CATALOG_TABLES],
)
for (const { name } of indices) await store.rows(`drop index "${name}"`)
const statements = manyTorrentsSql(TORRENTS, FILES)
for (const sql of statements.filter((text) => !text.startsWith('analyze'))) await store.rows(sql)
for (const { sql } of indices) await store.rows(sql)
for (const sql of statements.filter((text) => text.startsWith('analyze'))) await store.rows(sql)

describe(`with ${TORRENTS} torrents and ${TORRENTS * FILES} files`, () => {
  test.each(CATALOG_QUERIES)('%s: read by an index, at most %d rows', async (name, most, { text, values }) => {
    const plan = readPlan(await store.rows(`explain (analyze, buffers off, format json) ${text}`, values))
    if (process.env.CATALOG_TORRENTS) console.log(name, plan.visited, 'rows', plan.ms, 'ms', [...new Set(plan.reads)].join(', '))
    expect(plan.reads).not.toEqual([])
    // Of uses there are as many as tickets at work: so few that they may be read in a row.
    expect(plan.reads.filter((read) => /Seq Scan (?!torrent_uses)/.test(read))).toEqual([])
    expect(plan.visited).toBeLessThanOrEqual(most)
    expect(plan.sorted).toBeLessThanOrEqual(Math.max(most, SORTED))
  })
})
