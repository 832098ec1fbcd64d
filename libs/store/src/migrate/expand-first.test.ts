import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { MIGRATIONS_FOLDER, readMigrations } from './files.js'

// While a new version is rolled out, processes of the last one still use the database: see the README of this package.

/** What takes something away from those who know the tables as they were. An index can go: queries find their way without. */
const TAKES_AWAY: [pattern: RegExp, what: string][] = [
  [/\bdrop\s+(table|view|type|sequence|schema|function|trigger)\b/, 'drops'],
  [/\balter\s+table\b.*\bdrop\s+(?!constraint\b|default\b|not\s+null\b)/, 'drops a column'],
  [/\balter\s+(table|type|view)\b.*\brename\b/, 'renames'],
  [/\bset\s+not\s+null\b/, 'requires a column'],
  [/\bset\s+data\s+type\b|\balter\s+column\s+\S+\s+type\b/, 'changes the type of a column'],
  [/\badd\s+(column\s+)?("[^"]+"|[a-z_]+)\s(?=[^,]*\bnot\s+null\b)(?![^,]*\bdefault\b)/, 'requires a new column'],
  [/^truncate\b/, 'empties'],
]

/** The last version that still needs what is taken away. */
const CONTRACT = /^-- contract: last used by (\d+)\.(\d+)\.(\d+)$/m

function faultsOf(sql: string, present: string): string[] {
  const taken = statementsOf(sql).flatMap((text) => TAKES_AWAY.filter(([pattern]) => pattern.test(text)).map(([, what]) => what))
  const [, ...last] = CONTRACT.exec(sql) ?? []
  return last.length > 0 && isBefore(last, present.split('.')) ? [] : taken
}

function statementsOf(sql: string): string[] {
  const plain = sql.replaceAll(/--.*$/gm, '').replaceAll(/'[^']*'/g, "''")
  return plain.split(';').map((text) => text.replaceAll(/\s+/g, ' ').trim().toLowerCase())
}

function isBefore(left: readonly string[], right: readonly string[]): boolean {
  const at = left.findIndex((part, index) => part !== right[index])
  return at >= 0 && Number(left[at]) < Number(right[at])
}

const version: string = JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, '..', '..', 'package.json'), 'utf8')).version
const { migrationDirectories } = await readMigrations()

describe('migrations expand first', () => {
  test.each(migrationDirectories.map(({ path }) => path))('%s takes nothing away from the version before', (path) => {
    expect(faultsOf(readFileSync(join(MIGRATIONS_FOLDER, path, 'migration.sql'), 'utf8'), version)).toEqual([])
  })

  test.each([
    ['DROP TABLE "x";', 'drops'],
    ['ALTER TABLE "x" ADD COLUMN "a" TEXT,\n DROP COLUMN "b";', 'drops a column'],
    ['ALTER TABLE x DROP b;', 'drops a column'],
    ['ALTER TABLE "x" RENAME COLUMN "a" TO "b";', 'renames'],
    ['ALTER TABLE "x" RENAME TO "y";', 'renames'],
    ['ALTER TABLE "x" ALTER COLUMN "a" SET NOT NULL;', 'requires a column'],
    ['ALTER TABLE "x" ALTER COLUMN "a" SET DATA TYPE BIGINT;', 'changes the type of a column'],
    ['ALTER TABLE "x" ADD COLUMN     "a" TEXT NOT NULL;', 'requires a new column'],
    ['ALTER TABLE "x" ADD COLUMN "a" INT NOT NULL DEFAULT 0, ADD COLUMN "b" TEXT NOT NULL;', 'requires a new column'],
    ['TRUNCATE "x";', 'empties'],
  ])('%s is refused', (sql, what) => {
    expect(faultsOf(sql, '1.2.0')).toEqual([what])
    expect(faultsOf(`-- contract: last used by 1.1.9\n${sql}`, '1.2.0')).toEqual([])
    expect(faultsOf(`-- contract: last used by 1.2.0\n${sql}`, '1.2.0')).toEqual([what])
    expect(faultsOf(`-- contract: last used by 2.0.0\n${sql}`, '1.10.0')).toEqual([what])
  })

  test.each([
    'CREATE TABLE "x" ("a" TEXT NOT NULL);',
    'ALTER TABLE "x" ADD COLUMN "a" TEXT, ADD COLUMN "b" INTEGER NOT NULL DEFAULT 0;',
    'DROP INDEX "x_idx"; ALTER TABLE "x" DROP CONSTRAINT "y", ALTER COLUMN "z" DROP NOT NULL;',
    "-- drop table x\nUPDATE x SET a = 'drop table; rename' WHERE b IS NOT NULL;",
  ])('%s is accepted', (sql) => {
    expect(faultsOf(sql, '1.2.0')).toEqual([])
  })
})
