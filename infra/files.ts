import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout, whose files the tests of infra read. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

export const readText = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8')

/** What is run: a process, which is one file in the end, or a tool as it was compiled. */
export const sourceOf = (script: string): string =>
  script
    .replace(/^dist\/(.*)\.js$/, 'apps/$1/dist/main.js')
    .replace('/dist/', '/src/')
    .replace(/\.js$/, '.ts')
