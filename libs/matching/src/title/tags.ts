import { readTags } from '../release-name/music/read-tags.js'
import { isHard } from '../release-name/music/tag.js'
import type { ParsedMusicRelease } from '../release-name/parsed-release.js'

/** Words of a release name that say how it is, not what it is. Each list grows by rows. Titles name several formats, of which the parser tells one. */

const FORMATS: [string, RegExp][] = [
  ['flac', /\bflac(?:\s?\d{2})?\b/],
  ['alac', /\balac\b/],
  ['ape', /(?<![\p{L}] )\bape\b/u],
  ['wav', /\b(?:wav|wavpack|wv)\b/],
  ['dsd', /\b(?:dsd(?:64|128|256|512)?|dsf|dff|sacd)\b/],
  ['mp3', /\bmp3\b|\bv[02]\b(?!\.)/],
  ['aac', /\b(?:aac|m4a)\b/],
  ['ogg', /\b(?:ogg|vorbis)\b/],
  ['opus', /\bopus\b(?! (?:no|\d))/],
  ['wma', /\bwma\b/],
  ['lossless', /\blossless\b/],
]
const LOSSLESS = new Set(['flac', 'alac', 'ape', 'wav', 'wavpack', 'dsd', 'lossless'])

export interface AudioFacts {
  formats: string[]
  lossless: boolean | undefined
  bitrateKbps?: number
  bitDepth?: number
}

/** Format words in lower-case text without accents; what they do not tell the parser of release names may have found. */
export function audioFacts(text: string, parsed: ParsedMusicRelease): AudioFacts {
  const named = FORMATS.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
  const formats = named.length > 0 || parsed.audio_format === undefined ? named : [parsed.audio_format]
  const bitrate = bitrateOf(text) ?? (typeof parsed.bitrate === 'number' ? parsed.bitrate : undefined)
  const depth = /\b(16|24|32)\s?-?\s?bits?\b|\b(16|24)\s?[-/]\s?(?:44|48|88|96|176|192)|\bflac\s?-?(16|24)\b/.exec(text)
  const bitDepth = depth ? Number(depth[1] ?? depth[2] ?? depth[3]) : parsed.bit_depth
  const lossless = formats.length > 0 ? formats.some((name) => LOSSLESS.has(name)) : bitrate ? false : undefined
  return { formats, lossless, ...(bitrate ? { bitrateKbps: bitrate } : {}), ...(bitDepth ? { bitDepth } : {}) }
}

const BITRATES = [
  /\b(\d{2,3})\s?(?:kbps|kbit|kb\/s|kbs|k)\b/,
  /\bmp3[\s/-]{0,3}(320|256|224|192|160|128)\b/,
  /(?<!\d[-/ ])\b(320|256|224|192|160|128)\b(?!\s?k?hz)/,
]

function bitrateOf(text: string): number | undefined {
  const stated = BITRATES.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined)
  if (stated) return Number(stated)
  if (/\bv0\b/.test(text)) return 245
  return /\bv2\b/.test(text) ? 190 : undefined
}

/**
 * Beside formats and numbers, which are the parser's. Its other rows hold by the place where they stand; these are no part of a name
 * wherever they stand, so that names can be compared without: a list of its own, since Tape, Radio and Sat are words of names.
 */
const TAG_WORDS = new Set(
  [
    'ape opus lossless lossy cbr vbr abr kbps kbit khz bit bits hz stereo mono 320 256 224 192 160 128 44 1khz',
    'web webrip cd cdrip cdr cdda cds cdm sacd lp ep vinyl vinylrip rip eac log cue scans scan tracks covers cover art artwork booklet',
    'digital retail promo advance album albums hi res hires hq mqa qobuz tidal deezer itunes bandcamp amazon redacted rutracker',
    'proper repack reissue read nfo int complete discography torrent',
  ]
    .join(' ')
    .split(' '),
)

const EDITION_WORDS = new Set(
  'deluxe expanded edition editions version remaster remastered remasters anniversary bonus special limited super collectors japanese japan japon us uk eu reissue disc discs disk box set boxset explicit clean original ost soundtrack motion picture the'.split(
    ' ',
  ),
)

export function isTagWord(word: string): boolean {
  return TAG_WORDS.has(word) || /^\d{1,3}(?:kbps|kbit|khz|bit|cd|lp|th)$/.test(word) || readTags(word).tags.some(isHard)
}

export function isEditionWord(word: string): boolean {
  return EDITION_WORDS.has(word) || /^\d{1,3}th$/.test(word)
}

export function isYear(word: string): boolean {
  return /^(?:19[2-9]\d|20[0-4]\d)$/.test(word)
}
