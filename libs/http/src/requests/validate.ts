import { DomainError, type FieldFault, fieldFaults } from '@torrentino/domain'
import { z } from 'zod'

export function invalid(detail: string, errors: FieldFault[]): DomainError {
  return new DomainError('invalid_request', detail, { errors })
}

/** The value as the schema reads it, or an error with every fault and its place. `where` begins the sentence. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalid(`${where} is not valid`, fieldFaults(result.error))
}

/** Unknown keys are refused with the known ones, since a misspelt filter would silently show everything. */
export function parsedQuery<S extends z.ZodType>(schema: S, query: unknown): z.output<S> {
  const result = schema.safeParse(query)
  if (result.success) return result.data
  const errors = fieldFaults(result.error).map((fault) =>
    fault.message === 'unknown key' ? { ...fault, message: knownKeys(schema) } : fault,
  )
  throw invalid('the query is not valid', errors)
}

function knownKeys(schema: z.ZodType): string {
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  return keys.length === 0 ? 'unknown key; there are none here' : `unknown key; known are: ${keys.join(', ')}`
}
