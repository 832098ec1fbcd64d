import type { Quality, ReleaseSource } from '../parsed-release.js'
import type { Mark, Marks } from './marks.js'
import type { TagField } from './tables/row.js'

/** The facts that all tags together tell. */
export function collectTags(marks: Marks) {
  const values = valuesOf(marks.all())
  const of = (field: TagField) => [...(values.get(field) ?? [])]
  const flags = values.get('flag')
  const quality = bestQuality(of('quality'))
  const source = of('source')[0] ?? guessedSource(of('edition'), of('noise'))
  const [codec] = of('codec')
  const [depth] = of('depth')
  return {
    ...(quality === undefined ? {} : { quality: quality as Quality }),
    ...(source === undefined ? {} : { source: source as ReleaseSource }),
    ...(codec === undefined ? {} : { codec }),
    ...(depth === undefined ? {} : { bit_depth: Number(depth) }),
    audio: of('audio'),
    hdr: of('hdr'),
    proper: flags?.has('proper') === true,
    repack: flags?.has('repack') === true,
    complete: flags?.has('complete') === true,
    languages: of('language'),
    editions: of('edition'),
  }
}

/** Values by field; what is believed anywhere comes first. */
function valuesOf(marks: Mark[]): Map<TagField, Set<string>> {
  const values = new Map<TagField, Set<string>>()
  for (const sure of [true, false]) {
    for (const { meanings, belief } of marks) {
      if ((belief === 'anywhere') !== sure) continue
      for (const { field, value } of meanings) {
        const known = values.get(field)
        if (known) known.add(value)
        else values.set(field, new Set([value]))
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
