import { resolve } from 'node:path'
import { isSecretName, registerSecret } from '../redact.js'
import { apartFromOthers, Secret } from '../secret.js'
import { applyEnv, type Env, layered, readEnvFile } from './env-source.js'
import { reportIssues } from './faults.js'
import { ConfigError, Findings } from './findings.js'
import { adoptOlderLayout } from './older-layout.js'
import { type Config, root } from './schema.js'
import { readToml } from './toml-source.js'

export interface LoadOptions {
  /** The file of variables beneath the environment. By default `.env`, and none when an environment of one's own is given. */
  envFile?: string | false
  /** Hears of what is odd but no fault. */
  onNotice?(text: string): void
}

/** Defaults, then the TOML file named by CONFIG_FILE, then `.env`, then the environment; throws ConfigError with all faults. */
export function loadConfig(env: Env = process.env, { envFile = env === process.env ? '.env' : false, onNotice }: LoadOptions = {}): Config {
  const findings = new Findings()
  const variables = layered(envFile === false ? {} : readEnvFile(envFile, findings), env)
  const tree = variables.CONFIG_FILE === undefined ? {} : readToml(resolve(variables.CONFIG_FILE), findings)
  adoptOlderLayout(tree, findings)
  applyEnv(tree, variables, findings)
  const result = root.schema.safeParse(tree)
  if (!result.success) reportIssues(result.error.issues, tree, findings)
  if (!result.success || findings.faults.length > 0) throw new ConfigError(findings.faults)
  const config = freeze(result.data) as Config
  registerSecrets(config)
  for (const notice of findings.notices) onNotice?.(notice)
  return config
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}

function registerSecrets(value: unknown): void {
  if (value instanceof Secret) {
    for (const form of secretForms(value.reveal())) registerSecret(form)
    return
  }
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) registerSecrets(part)
}

/** Of an address only passwords and keys are secret: masking all of it would hide the host's name in error messages. */
function secretForms(value: string): string[] {
  const { url } = apartFromOthers(value)
  if (!url.includes('://') || !URL.canParse(url)) return [value]
  const { password, searchParams } = new URL(url)
  const keys = [...searchParams].filter(([name]) => isSecretName(name)).map(([, key]) => key)
  try {
    return [password, decodeURIComponent(password), ...keys]
  } catch {
    return [password, ...keys]
  }
}
