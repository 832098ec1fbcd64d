import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { listOf } from '../feed/schema.js'

/** What an indexer says it can do. */
export interface Capabilities {
  /** The most results that it gives at once. */
  limit: number | undefined
  search: boolean
  /** The parameters of its music search; undefined where it has none. */
  music: ReadonlySet<string> | undefined
  /** Undefined where it does not say. */
  categories: ReadonlySet<number> | undefined
}

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  maxNestedTags: 20,
})

const Mode = z
  .looseObject({ '@_available': z.string().optional(), '@_supportedParams': z.string().max(2000).optional() })
  .optional()
  .catch(undefined)
const Category = z.looseObject({ '@_id': z.string().optional(), subcat: z.unknown().optional() })
const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)

const Caps = z.looseObject({
  limits: loose(z.looseObject({ '@_max': z.string().optional() })),
  searching: loose(z.looseObject({ search: Mode, 'music-search': Mode, 'audio-search': Mode })),
  categories: loose(z.looseObject({ category: listOf(Category, 1000) })),
})

/** Undefined for whatever is no proper `<caps>`; what is missing in one counts as not said. */
export function readCaps(xml: string): Capabilities | undefined {
  if (!/<caps[\s>]/.test(xml) || /<!(doctype|entity)/i.test(xml) || XMLValidator.validate(xml) !== true) return undefined
  try {
    const caps = Caps.safeParse(parser.parse(xml)?.caps)
    return caps.success ? capabilitiesOf(caps.data) : undefined
  } catch {
    return undefined
  }
}

function capabilitiesOf({ limits, searching, categories }: z.infer<typeof Caps>): Capabilities {
  const music = [searching?.['music-search'], searching?.['audio-search']].find((mode) => mode?.['@_available'] === 'yes')
  const ids = (categories?.category ?? []).flatMap((category) => [
    idOf(category),
    ...listOf(Category, 1000).parse(category.subcat).map(idOf),
  ])
  const known = ids.filter((id) => id !== undefined)
  const limit = /^\d{1,6}$/.test(limits?.['@_max'] ?? '') ? Number(limits?.['@_max']) : 0
  return {
    limit: limit > 0 ? limit : undefined,
    search: searching?.search?.['@_available'] !== 'no',
    music: music && new Set((music['@_supportedParams'] ?? 'q').split(',').map((name) => name.trim().toLowerCase())),
    categories: known.length > 0 ? new Set(known) : undefined,
  }
}

function idOf(category: z.infer<typeof Category>): number | undefined {
  return /^\d{1,7}$/.test(category['@_id'] ?? '') ? Number(category['@_id']) : undefined
}
