import type { z } from 'zod'
import type { FieldFault } from './errors.js'

/** zod's issues as a flat list of places and sentences, at most 50. */
export function fieldFaults(error: z.ZodError): FieldFault[] {
  return error.issues.slice(0, 50).map((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : []
    const message =
      keys.length > 0 ? `unknown key${keys.length > 1 ? 's' : ''}: ${keys.map((key) => key.slice(0, 60)).join(', ')}` : issue.message
    return { path: pathText(issue.path), message }
  })
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')
}
