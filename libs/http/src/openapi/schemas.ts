import { z } from 'zod'

type Json = Record<string, unknown>

export interface SchemaWriter {
  /** The schema as OpenAPI 3.1 has it; what has a name (`.meta({ id })`) goes into the components and is referred to. */
  write(schema: z.ZodType, io: 'input' | 'output'): Json
  components(): Json
}

export function createSchemaWriter(): SchemaWriter {
  const components: Json = {}
  return {
    write(schema, io) {
      const { $schema: _dialect, $defs = {}, ...written } = z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref' }) as Json
      for (const [name, definition] of Object.entries($defs as Json)) add(components, name, relocated(definition) as Json)
      return relocated(written) as Json
    },
    components: () => Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** One name is one schema, whoever refers to it. */
function add(components: Json, name: string, definition: Json): void {
  const known = components[name]
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) throw new Error(`two schemas are called ${name}`)
  components[name] = definition
}

function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, part]) => key !== 'id' || typeof part !== 'string')
      .map(([key, part]) => [key, key === '$ref' ? String(part).replace('#/$defs/', '#/components/schemas/') : relocated(part)]),
  )
}
