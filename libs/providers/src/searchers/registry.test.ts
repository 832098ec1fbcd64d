import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { SEARCHER_KINDS } from './registry.js'

const here = dirname(fileURLToPath(import.meta.url))
const kinds = Object.keys(SEARCHER_KINDS)

test('every folder of a searcher is a kind and every kind a folder', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(here, entry.name, 'index.ts')),
  )
  expect(folders.map(({ name }) => name).sort()).toEqual([...kinds].sort())
})

test.each(kinds)('%s goes through the contract', (kind) => {
  expect(existsSync(join(here, kind, 'contract.test.ts'))).toBe(true)
})
