import fc from 'fast-check'

// biome-ignore lint/suspicious/noExplicitAny: schemas of any form
type Schema = any

const DEEPEST = 4

/** Values that the schema foresees, by and large, and others that it does not. */
export function arbitraryOf(schema: Schema, document: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(schema, document, 0) }, { weight: 1, arbitrary: odd })
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '../../etc/passwd',
    '%00',
    "'; drop table tickets; --",
    '9'.repeat(400),
    -1,
    1e308,
    2 ** 53,
    null,
    [],
    {},
    true,
  ),
)

function fitting(schema: Schema, document: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema === undefined || depth > DEEPEST) return odd
  if (schema.$ref) return fitting(document.components.schemas[schema.$ref.split('/').at(-1)], document, depth)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one: Schema) => fitting(one, document, depth + 1)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...schema.enum) }, { weight: 1, arbitrary: odd })
  switch (schema.type) {
    case 'object':
      return objectOf(schema, document, depth)
    case 'array':
      return fc.array(arbitraryOrOdd(schema.items, document, depth), { minLength: Math.min(schema.minItems ?? 0, 2), maxLength: 3 })
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: Math.max(schema.minimum ?? 0, -1000), max: Math.min(schema.maximum ?? 1000, 1_000_000) }), odd)
    case 'boolean':
      return fc.boolean()
    case 'string':
      return textOf(schema)
    default:
      return odd
  }
}

function arbitraryOrOdd(schema: Schema, document: Schema, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, document, depth + 1) }, { weight: 1, arbitrary: odd })
}

function objectOf({ properties = {}, required = [] }: Schema, document: Schema, depth: number): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, arbitraryOrOdd(part, document, depth)]))
  const record = fc.record(known, { requiredKeys: required })
  return fc.oneof(
    { weight: 8, arbitrary: record },
    { weight: 1, arbitrary: fc.tuple(record, fc.dictionary(fc.string(), odd, { maxKeys: 2 })).map(([a, b]) => ({ ...a, ...b })) },
  )
}

function textOf({ format, maxLength }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2999-01-01') }).map((date) => date.toISOString())
  const any = fc.string({ unit: 'binary', maxLength: Math.min(maxLength ?? 40, 40) })
  return fc.oneof(any, fc.string({ minLength: 1, maxLength: 20 }), fc.constantFrom('/media/music/a.ogg', 'a'.repeat(5000)), odd)
}
