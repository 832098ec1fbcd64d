import type { z } from 'zod'
import type { FieldFault } from './errors.js'

const MOST = 50

/** zod's issues as a flat list of places and sentences, at most 50; an unknown key is a place of its own. */
export function fieldFaults(error: z.ZodError): FieldFault[] {
  return error.issues.slice(0, MOST).flatMap(faultsOf).slice(0, MOST)
}

function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: pathText(issue.path), message: issue.message }]
  return issue.keys.slice(0, MOST).map((key) => ({ path: pathText([...issue.path, key.slice(0, 60)]), message: 'unknown key' }))
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')
}
