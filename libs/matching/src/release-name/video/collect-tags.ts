import type { Quality, ReleaseSource } from '../parsed-release.js'
import type { Mark, Marks } from './marks.js'
import type { TagField } from './tables/row.js'

export type Tags = ReturnType<typeof collectTags>

/** The facts that all tags together tell. */
export function collectTags(marks: Marks) {
  const values = valuesOf(marks.all())
  const of = (field: TagField) => values.get(field) ?? []
  const [depth] = of('depth')
  return {
    quality: bestQuality(of('quality')) as Quality | undefined,
    source: (of('source')[0] ?? guessedSource(of('edition'), of('noise'))) as ReleaseSource | undefined,
    codec: of('codec')[0],
    bitDepth: depth === undefined ? undefined : Number(depth),
    audio: of('audio'),
    hdr: of('hdr'),
    flags: of('flag'),
    languages: of('language'),
    editions: of('edition'),
  }
}

/** Values by field; what is believed anywhere comes first. */
function valuesOf(marks: Mark[]): Map<TagField, string[]> {
  const values = new Map<TagField, string[]>()
  for (const sure of [true, false]) {
    for (const { meanings, belief } of marks) {
      if ((belief === 'anywhere') !== sure) continue
      for (const { field, value } of meanings) {
        const known = values.get(field)
        if (known === undefined) values.set(field, [value])
        else if (!known.includes(value)) known.push(value)
      }
    }
  }
  return values
}

/** Heights in figures stand before names such as UHD, which may tell of what was encoded; the highest of several is offered. */
function bestQuality(values: string[]): string | undefined {
  const figures = values.filter((value) => !value.startsWith('~'))
  const heights = figures.length > 0 ? figures : values.map((value) => value.slice(1))
  return heights.sort((one, other) => Number.parseInt(other, 10) - Number.parseInt(one, 10))[0]
}

function guessedSource(editions: string[], noise: string[]): ReleaseSource | undefined {
  if (editions.includes('remux')) return 'bluray'
  return noise.includes('service') ? 'web' : undefined
}
