import type { ParsedMusicRelease, ReleaseSource } from '../parsed-release.js'
import type { Tag } from './tag.js'

type Facts = Omit<ParsedMusicRelease, 'artist' | 'album' | 'notes' | 'group'>

/** What all tags together say. The first of several years is the album's; the source nearest to the end is the release's own. */
export function factsOf(tags: Tag[], extension?: string): Facts {
  const bitrate = first(tags, 'bitrate') as Facts['bitrate']
  const year = first(tags, 'year') as number | undefined
  const until = first(tags, 'year_to') as number | undefined
  return {
    year,
    year_to: until !== undefined && year !== undefined && until > year ? until : undefined,
    source: first(tags.toReversed(), 'source') as ReleaseSource | undefined,
    audio_format:
      (first(tags, 'format') as string | undefined) ?? EXTENSIONS[extension ?? ''] ?? (typeof bitrate === 'string' ? 'mp3' : undefined),
    bitrate,
    sample_rate: first(tags, 'rate') as number | undefined,
    bit_depth: first(tags, 'depth') as number | undefined,
    discs: first(tags, 'discs') as number | undefined,
    proper: tags.some((tag) => tag.field === 'proper'),
    repack: tags.some((tag) => tag.field === 'repack'),
    discography: tags.some((tag) => tag.field === 'discography'),
    languages: all(tags, 'language'),
    editions: all(tags, 'edition'),
    kinds: all(tags, 'kind'),
  }
}

function first(tags: Tag[], field: Tag['field']): Tag['value'] | undefined {
  const found = tags.filter((tag) => tag.field === field)
  return (found.find((tag) => !tag.soft) ?? found[0])?.value
}

function all(tags: Tag[], field: Tag['field']): string[] {
  return [...new Set(tags.filter((tag) => tag.field === field).map((tag) => String(tag.value)))]
}

const EXTENSIONS: Record<string, string> = {
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
