import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout, whose files the tests of infra read. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

export const readText = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8')
