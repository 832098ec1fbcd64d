import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { LLM_PROVIDERS } from './registry.js'

test('every folder is a provider and every provider a folder', () => {
  const here = dirname(fileURLToPath(import.meta.url))
  const folders = readdirSync(here, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
  expect(
    Object.keys(LLM_PROVIDERS)
      .map((name) => name.replace('_', '-'))
      .sort(),
  ).toEqual(folders.sort())
})
