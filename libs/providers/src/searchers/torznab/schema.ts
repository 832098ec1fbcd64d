import { z } from 'zod'

/** fast-xml-parser gives a string, an object with `#text` where there are attributes, or an array where an element is repeated. */
const node = z
  .union([z.string(), z.looseObject({}), z.array(z.unknown())])
  .optional()
  .catch(undefined)

const Attribute = z.looseObject({ '@_name': z.string(), '@_value': z.string() })
const Enclosure = z.looseObject({
  '@_url': z.string(),
  '@_length': z.string().optional(),
  '@_type': z.string().optional(),
})

export const RawItem = z.looseObject({
  title: node,
  link: node,
  guid: node,
  comments: node,
  pubDate: node,
  size: node,
  type: node,
  prowlarrindexer: node,
  enclosure: listOf(Enclosure),
  attr: listOf(Attribute),
})
export type RawItem = z.infer<typeof RawItem>

export const RawError = z.looseObject({ '@_code': z.string().optional(), '@_description': z.string().optional() })

/** The first text among repeated elements: a feed may hold `<atom:link/>` beside `<link>`. */
export function textOf(value: unknown): string | undefined {
  return (Array.isArray(value) ? value.slice(0, 20) : [value]).map(ownText).find((text) => text !== undefined)
}

export function attributeOf(value: unknown, name: string): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  if (typeof first !== 'object' || first === null) return undefined
  const attribute = (first as Record<string, unknown>)[`@_${name}`]
  return typeof attribute === 'string' ? attribute : undefined
}

function ownText(value: unknown): string | undefined {
  const text = typeof value === 'object' && value !== null && '#text' in value ? value['#text'] : value
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** One element or several; those of another shape are left out. */
function listOf<T extends z.ZodType>(element: T) {
  return z
    .unknown()
    .optional()
    .transform((value): z.infer<T>[] => {
      const list = value === undefined ? [] : Array.isArray(value) ? value.slice(0, 200) : [value]
      return list.flatMap((entry) => {
        const parsed = element.safeParse(entry)
        return parsed.success ? [parsed.data] : []
      })
    })
}
