import { z } from 'zod'

/** Keywords that strict modes refuse, or do not know; the schema itself is asked again when the answer is there. */
const NOT_ON_THE_WIRE = new Set(
  '$schema minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format minItems maxItems default'.split(
    ' ',
  ),
)

/** The JSON schema of an answer as all strict modes take it: every key required, no others. */
export function wireSchema(schema: z.ZodType): Record<string, unknown> {
  return stripped(z.toJSONSchema(schema, { io: 'input' })) as Record<string, unknown>
}

function stripped(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(stripped)
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key]) => !NOT_ON_THE_WIRE.has(key))
  const copy = Object.fromEntries(kept.map(([key, value]) => [key, key === 'properties' ? propertiesOf(value) : stripped(value)]))
  return copy.type === 'object' ? { ...copy, required: Object.keys(copy.properties ?? {}), additionalProperties: false } : copy
}

/** Their names are ours, also where one is called like a keyword. */
function propertiesOf(properties: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties as object).map(([name, schema]) => [name, stripped(schema)]))
}
