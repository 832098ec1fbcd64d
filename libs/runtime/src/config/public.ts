import { createHash } from 'node:crypto'
import { redactText } from '../redact.js'
import { Secret } from '../secret.js'
import type { Config } from './schema.js'

export type PublicValue = string | number | boolean | null | PublicValue[] | { [key: string]: PublicValue }

/** The configuration as plain JSON for people: secrets and passwords masked. */
export function publicConfig(config: Config): Record<string, PublicValue> {
  return publicValue(config) as Record<string, PublicValue>
}

/** Same settings, same hash. Secrets go in masked, so that nobody can guess them from it. */
export function configHash(config: Config): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(publicConfig(config))))
    .digest('hex')
}

function publicValue(value: unknown): PublicValue {
  if (value instanceof Secret) return value.toString()
  // A plain address may carry a key all the same.
  if (typeof value === 'string' && value.includes('://')) return redactText(value)
  if (Array.isArray(value)) return value.map(publicValue)
  if (typeof value !== 'object' || value === null) return (value ?? null) as PublicValue
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, publicValue(part)]))
}

function sorted(value: PublicValue): PublicValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  )
}
