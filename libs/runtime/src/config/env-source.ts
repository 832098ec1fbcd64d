import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Findings } from './findings.js'
import { nearest } from './nearest.js'
import { SECTION_NAMES, SETTINGS, type SettingEntry } from './settings.js'
import { setAt, type Tree } from './tree.js'

export type Env = Readonly<Record<string, string | undefined>>

const SLIP = 2
const PREFIXES = SECTION_NAMES.map((name) => `${name.toUpperCase()}_`)
const KNOWN = new Set(SETTINGS.flatMap((entry) => [entry.env, entry.envLong]))

/** The variables of an optional `.env` file. */
export function readEnvFile(path: string, findings: Findings): Env {
  try {
    return parseEnv(readFileSync(path, 'utf8')) as Env
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      findings.fault(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
    return {}
  }
}

/** An empty variable counts as not set, so that compose files can pass on what they do not have. */
export function layered(...layers: Env[]): Env {
  const out: Record<string, string | undefined> = {}
  for (const layer of layers) for (const [name, value] of Object.entries(layer)) if (value !== undefined && value !== '') out[name] = value
  return out
}

/** Lays the environment's settings over the tree. */
export function applyEnv(tree: Tree, env: Env, findings: Findings): void {
  for (const entry of SETTINGS) {
    const value = variableOf(entry, env, findings)
    if (value !== undefined) setAt(tree, entry.path, entry.fromText(value))
  }
  reportUnknown(env, findings)
}

function variableOf(entry: SettingEntry, env: Env, findings: Findings): string | undefined {
  const short = env[entry.env]
  const long = env[entry.envLong]
  if (short !== undefined && long !== undefined && short !== long) {
    findings.fault(`${entry.env} and ${entry.envLong} are the same setting but hold different values: remove one`)
  }
  return short ?? long
}

/**
 * `SEARCHER__FOO` can only be meant for us and `REDIS_PREFX` most likely is: both are refused.
 * `REDIS_PORT_6379_TCP` may come from a container platform: only mentioned.
 */
function reportUnknown(env: Env, findings: Findings): void {
  const strangers: string[] = []
  for (const name of Object.keys(env)) {
    const prefix = PREFIXES.find((start) => name.startsWith(start))
    if (prefix === undefined || KNOWN.has(name)) continue
    const close = nearest(
      name.replaceAll('__', '_'),
      SETTINGS.filter((entry) => entry.env.startsWith(prefix)).map((entry) => entry.env),
    )
    const sure = name.startsWith(`${prefix}_`) || (close !== undefined && close.distance <= SLIP)
    if (sure) findings.fault(`${name} is not a setting; did you mean ${close?.name}?`)
    else strangers.push(name)
  }
  if (strangers.length > 0) findings.notice(`not settings, ignored: ${strangers.slice(0, 20).join(', ')}`)
}
