import type { ParsedMusicRelease, ReleaseSource } from '../parsed-release.js'
import type { Tag } from './tag.js'

export type Facts = Omit<ParsedMusicRelease, 'artist' | 'album' | 'notes' | 'group'>

/** What all tags together say. The first of several years is the album's; the source nearest to the end is the release's own. */
export function factsOf(all: Tag[], extension?: string): Facts {
  const tags = byField(all)
  const bitrate = first(tags, 'bitrate') as Facts['bitrate']
  const year = first(tags, 'year') as number | undefined
  const until = first(tags, 'year_to') as number | undefined
  return {
    year,
    year_to: until !== undefined && year !== undefined && until > year ? until : undefined,
    source: sureOf(tags.get('source')?.toReversed()) as ReleaseSource | undefined,
    audio_format:
      (first(tags, 'format') as string | undefined) ?? EXTENSIONS[extension ?? ''] ?? (typeof bitrate === 'string' ? 'mp3' : undefined),
    bitrate,
    sample_rate: first(tags, 'rate') as number | undefined,
    bit_depth: first(tags, 'depth') as number | undefined,
    discs: first(tags, 'discs') as number | undefined,
    proper: tags.has('proper'),
    repack: tags.has('repack'),
    discography: tags.has('discography'),
    languages: valuesOf(tags, 'language'),
    editions: valuesOf(tags, 'edition'),
    kinds: valuesOf(tags, 'kind'),
  }
}

type ByField = Map<Tag['field'], Tag[]>

function byField(tags: Tag[]): ByField {
  const found: ByField = new Map()
  for (const tag of tags) {
    const known = found.get(tag.field)
    if (known) known.push(tag)
    else found.set(tag.field, [tag])
  }
  return found
}

function first(tags: ByField, field: Tag['field']): Tag['value'] | undefined {
  return sureOf(tags.get(field))
}

/** What is told by no common word, else the first. */
function sureOf(tags: Tag[] = []): Tag['value'] | undefined {
  return (tags.find((tag) => !tag.soft) ?? tags[0])?.value
}

function valuesOf(tags: ByField, field: Tag['field']): string[] {
  const found = tags.get(field)
  return found ? [...new Set(found.map((tag) => String(tag.value)))] : []
}

/** What the ending of a file says of its format. */
export const EXTENSIONS: Record<string, string> = {
  mp3: 'mp3',
  flac: 'flac',
  m4a: 'aac',
  ogg: 'ogg',
  wav: 'wav',
  ape: 'ape',
  wv: 'wavpack',
  opus: 'opus',
  wma: 'wma',
  dsf: 'dsd',
}
