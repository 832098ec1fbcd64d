import { type Config, ConfigError, loadConfig } from '@torrentino/runtime'

type Env = NodeJS.ProcessEnv

export interface Settings {
  config: Config
  /** Whether the launcher has to bring the server itself. */
  ownDatabase: boolean
  ownRedis: boolean
}

const STAND_INS = { DATABASE_URL: 'postgresql://own@127.0.0.1/own', REDIS_URL: 'redis://127.0.0.1/0' }

/** Reads the settings as the processes will, before any of them runs; the addresses of servers of our own are not known yet. */
export function readSettings(env: Env, alwaysOwn: boolean, onNotice?: (text: string) => void): Settings {
  const withoutUrls = alwaysOwn ? { ...env, DATABASE_URL: '', DATABASE__URL: '', REDIS_URL: '', REDIS__URL: '' } : env
  const faults = faultsOf(withoutUrls)
  const isMissing = (name: string) => alwaysOwn || faults.some((fault) => fault.startsWith(`${name} `) && fault.includes('is required'))
  const ownDatabase = isMissing('DATABASE_URL')
  const ownRedis = isMissing('REDIS_URL')
  const complete = {
    ...withoutUrls,
    ...(ownDatabase ? { DATABASE_URL: STAND_INS.DATABASE_URL } : {}),
    ...(ownRedis ? { REDIS_URL: STAND_INS.REDIS_URL } : {}),
  }
  const config = load(complete, onNotice)
  return { config, ownDatabase, ownRedis }
}

function faultsOf(env: Env): readonly string[] {
  try {
    load(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

function load(env: Env, onNotice?: (text: string) => void): Config {
  return loadConfig(env, { envFile: '.env', onNotice })
}
