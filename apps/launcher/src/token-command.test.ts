import { createHash } from 'node:crypto'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openStore, type Store } from '@torrentino/store'
import { createTestDatabase, type TestDatabase } from '@torrentino/testkit'
import { runTokenCommand } from './token-command.js'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await createTestDatabase()
  store = openStore({ url: database.url, poolSize: 2 })
})
afterAll(async () => {
  await store?.close()
  await database?.drop()
})

async function run(...args: string[]): Promise<string> {
  let printed = ''
  const out = new Writable({
    write(part, _encoding, done) {
      printed += part
      done()
    },
  })
  await runTokenCommand(store, args, out)
  return printed
}

test('a key that is made is printed alone, counts, is listed without itself, and counts no more when it is revoked', async () => {
  const key = (await run('create', 'boss', '--role', 'admin')).trim()
  const hash = createHash('sha256').update(key).digest('hex')
  expect(await store.tokens.find(hash)).toEqual({ name: 'boss', role: 'admin' })
  await run('create', 'ann', '--expires', '2999-01-01T00:00:00Z')
  const list = await run('list')
  expect(list.split('\n')).toEqual([
    expect.stringMatching(/^ann {2}user {2}made .* by command line, until 2999-01-01T00:00:00.000Z$/),
    expect.stringMatching(/^boss {2}admin {2}made .* by command line$/),
    '',
  ])
  expect(list).not.toContain(key)
  expect(await run('revoke', 'boss')).toBe('boss counts no more\n')
  expect(await store.tokens.find(hash)).toBeNull()
})

test.each([
  [[], /npm run token -- create <name>/],
  [['create'], /npm run token -- create <name>/],
  [['create', 'a b'], /name: letters, digits/],
  [['create', 'x', '--role', 'root'], /role: /],
  [['create', 'x', '--expires', 'soon'], /expires_at: /],
  [['create', 'x', '--expires', '2001-01-01T00:00:00Z'], /must lie in the future/],
  [['create', 'x', '--force'], /--force/],
  [['revoke', 'nobody'], /there is no token nobody/],
])('%j is told what is wrong', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message)
  expect(await run('list')).not.toContain('x  ')
})
