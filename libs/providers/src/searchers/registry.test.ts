import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { SEARCHER_KINDS } from './registry.js'

test('every folder is a kind and every kind a folder', () => {
  const here = dirname(fileURLToPath(import.meta.url))
  const folders = readdirSync(here, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
  expect(Object.keys(SEARCHER_KINDS).sort()).toEqual(folders.sort())
})
