import { ConfigError, createHttpClient } from '@torrentino/runtime'
import { readSettings, type Settings } from '../settings.js'
import type { DoctorDeps } from './deps.js'
import { type Check, type Finding, failed, ok, warning } from './finding.js'
import { mediaRootChecks, workFolderChecks } from './folders.js'
import { indexerChecks } from './indexers.js'
import { languageModelChecks } from './language-model.js'
import { postgresCheck } from './postgres.js'
import { programChecks } from './programs.js'
import { redisCheck } from './redis.js'
import { runChecks } from './run-checks.js'
import { torrentClientChecks } from './torrent-clients.js'

const SUBJECT = 'configuration'
const SEE = 'correct it in .env, the environment or the file of CONFIG_FILE; .env.example says what each setting may be'

export interface Patient {
  env: NodeJS.ProcessEnv
  dataFolder: string
  now?(): number
}

/** Looks at all that the system needs. With a faulty configuration nobody knows what else to look at. */
export async function diagnose({ env, dataFolder, now = Date.now }: Patient): Promise<Finding[]> {
  const notices: string[] = []
  const settings = settingsOf(env, notices)
  if (settings instanceof ConfigError) return [...settings.faults.map((fault) => ({ subject: SUBJECT, ...failed(fault, SEE) })), NOT_LOOKED]
  const http = createHttpClient()
  try {
    const found = await runChecks(checksOf({ ...settings, env, dataFolder, now, http }))
    return [...configFindings(notices), ...found]
  } finally {
    http.close()
  }
}

const NOT_LOOKED: Finding = { subject: 'all else', status: 'skipped', message: 'is looked at when the configuration is right' }

function settingsOf(env: NodeJS.ProcessEnv, notices: string[]): Settings | ConfigError {
  try {
    return readSettings(env, false, (notice) => notices.push(notice))
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
}

function configFindings(notices: readonly string[]): Finding[] {
  if (notices.length === 0) return [{ subject: SUBJECT, ...ok('is right') }]
  return notices.map((notice) => ({ subject: SUBJECT, ...warning(notice, SEE) }))
}

function checksOf(deps: DoctorDeps): Check[] {
  return [
    postgresCheck(deps),
    redisCheck(deps),
    ...indexerChecks(deps),
    ...torrentClientChecks(deps),
    ...programChecks(deps),
    ...workFolderChecks(deps),
    ...mediaRootChecks(deps),
    ...languageModelChecks(deps),
  ]
}
