import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type DatabaseFacts, inspectDatabase } from '@torrentino/store'
import { compareClocks } from './clock.js'
import type { DoctorDeps } from './deps.js'
import { type Check, failed, ok, skipped, warning } from './finding.js'

const ASK_MS = 5000
const OLDEST = 14

export function postgresCheck(deps: DoctorDeps): Check {
  const { ownDatabase, config, dataFolder } = deps
  if (!ownDatabase)
    return {
      subject: 'PostgreSQL',
      advice: 'start PostgreSQL, or correct DATABASE_URL (user, password, host, port and database)',
      limitMs: 2 * ASK_MS,
      run: () => look(config.database.url.reveal(), deps),
    }
  return {
    subject: 'PostgreSQL',
    advice: `look what npm start says of its own server in ${dataFolder}, or set DATABASE_URL`,
    // It may have to start first.
    limitMs: 60_000,
    async run() {
      const isThere = await access(join(dataFolder, 'postgres')).then(
        () => true,
        () => false,
      )
      if (!isThere) return [skipped('DATABASE_URL is not set; npm start makes a server of its own at its first run')]
      const { withOwnDatabase } = await import('../own-database.js')
      return withOwnDatabase(dataFolder, (url) => look(url, deps))
    },
  }
}

async function look(url: string, { now }: DoctorDeps) {
  const asked = now()
  const facts = await inspectDatabase(url, ASK_MS)
  return [versionOf(facts), migrationsOf(facts), compareClocks(facts.now, asked, now())]
}

function versionOf({ version }: DatabaseFacts) {
  if (Number.parseInt(version, 10) >= OLDEST) return ok(`version ${version}`)
  return failed(`version ${version} is too old`, `upgrade to PostgreSQL ${OLDEST} or later`)
}

function migrationsOf({ pending, unfinished, unknown }: DatabaseFacts) {
  if (unfinished.length > 0)
    return failed(`the migration ${unfinished.join(', ')} was begun and not ended`, 'restore a backup, or see npm run db:migrate')
  if (pending.length > 0)
    return failed(`${pending.length} migrations are not applied, from ${pending[0]} on`, 'npm run db:migrate (npm start does it by itself)')
  if (unknown.length > 0)
    return warning(`it was migrated by a later version of the system (${unknown.at(-1)})`, 'run that version, or a later one')
  return ok('all migrations are applied')
}
