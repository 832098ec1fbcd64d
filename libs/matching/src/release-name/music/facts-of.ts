import type { ParsedMusicRelease, ReleaseSource } from '../parsed-release.js'
import type { Tag } from './tag.js'

type Facts = Omit<ParsedMusicRelease, 'artist' | 'album' | 'notes' | 'group'>

/** What all tags together say. The first of several years is the album's; the source nearest to the end is the release's own. */
export function factsOf(tags: Tag[], extension?: string): Facts {
  const values = (field: Tag['field']) => tags.filter((tag) => tag.field === field).map((tag) => tag.value)
  const surely = (field: Tag['field']) => tags.filter((tag) => tag.field === field && !tag.soft).map((tag) => tag.value)
  const first = (field: Tag['field']) => surely(field)[0] ?? values(field)[0]
  const bitrate = first('bitrate')
  const format = first('format') ?? EXTENSIONS[extension ?? ''] ?? (typeof bitrate === 'string' ? 'mp3' : undefined)
  const source = surely('source').at(-1) ?? values('source').at(-1)
  const found = {
    year: first('year'),
    year_to: first('year_to'),
    source: source as ReleaseSource | undefined,
    audio_format: format,
    bitrate,
    sample_rate: first('rate'),
    bit_depth: first('depth'),
    discs: first('discs'),
  }
  return {
    ...(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as Partial<Facts>),
    proper: values('proper').length > 0,
    repack: values('repack').length > 0,
    discography: values('discography').length > 0,
    languages: unique(values('language')),
    editions: unique(values('edition')),
    kinds: unique(values('kind')),
  }
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

function unique(values: (string | number)[]): string[] {
  return [...new Set(values.map(String))]
}
