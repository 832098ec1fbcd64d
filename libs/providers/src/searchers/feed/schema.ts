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

const AtomLink = z.looseObject({
  '@_href': z.string(),
  '@_rel': z.string().optional(),
  '@_type': z.string().optional(),
  '@_length': z.string().optional(),
})

/** An `<item>` of RSS, with what Torznab and the torrent namespaces add to it, or an `<entry>` of Atom. */
const Item = z.looseObject({
  title: node,
  link: node,
  guid: node,
  id: node,
  pubDate: node,
  published: node,
  updated: node,
  date: node,
  size: node,
  type: node,
  prowlarrindexer: node,
  infoHash: node,
  magnetURI: node,
  contentLength: node,
  seeders: node,
  seeds: node,
  peers: node,
  leechers: node,
  enclosure: listOf(Enclosure),
  attr: listOf(Attribute),
  links: listOf(AtomLink),
})
export type RawItem = z.infer<typeof Item>

/** Some feeds wrap their torrent fields into an element of that name; a link stands for itself and as one of the list. */
export const RawItem = z
  .record(z.string(), z.unknown())
  .transform(({ torrent, ...item }): Record<string, unknown> => ({ ...(isFields(torrent) ? torrent : {}), ...item, links: item.link }))
  .pipe(Item)

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

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
export function listOf<T extends z.ZodType>(element: T, most = 200) {
  return z
    .unknown()
    .optional()
    .transform((value): z.infer<T>[] => {
      const list = value === undefined ? [] : Array.isArray(value) ? value.slice(0, most) : [value]
      return list.flatMap((entry) => {
        const parsed = element.safeParse(entry)
        return parsed.success ? [parsed.data] : []
      })
    })
}
