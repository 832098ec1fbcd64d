import type { Tag } from './tag.js'

export interface Pattern {
  needs: string[]
  form: RegExp
  /** Of what the pattern and its groups matched. */
  says: (found: string[]) => Tag[]
}

/** `~` stands for the dash between two years: see `protectNumbers`. */
export const YEAR = '(?<!\\d)(19[2-9]\\d|20[0-5]\\d)(?!\\d)'
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fév|avr|mai|juil|aoû|aou|okt|déc|dez'
const MEDIA: Record<string, string> = {
  cd: 'cd',
  lp: 'vinyl',
  vinyl: 'vinyl',
  vls: 'vinyl',
  dvd: 'dvd',
  sacd: 'sacd',
  bd: 'bluray',
  mc: 'cassette',
}

/** Forms with numbers, over lower-case text; each takes what it reads away from those below it. `needs`: one of these must occur. */
export const PATTERNS: Pattern[] = [
  pattern('~', new RegExp(`${YEAR}~${YEAR}`, 'g'), ([, from, to]) => [year(from), { field: 'year_to', value: Number(to) }]),
  pattern('. /', new RegExp(`(?<!\\d)\\d{1,2}[./]\\d{1,2}[./]${YEAR}`, 'g'), ([, of]) => [year(of)]),
  pattern('. /', new RegExp(`${YEAR}[./]\\d{1,2}[./]\\d{1,2}(?!\\d)`, 'g'), ([, of]) => [year(of)]),
  pattern(
    MONTHS.replaceAll('|', ' '),
    new RegExp(`(?:\\b\\d{1,2}(?:st|nd|rd|th)?[ .]?)?\\b(?:${MONTHS})[a-zéû]{0,6}\\.?(?: \\d{1,2},?)? ${YEAR}`, 'g'),
    ([, of]) => [year(of)],
  ),
  pattern('.', /^\d\d\.\d\d\.(\d\d)$/g, ([, of]) => [shortYear(of)]),
  pattern('0 1', /^ ?(\d\d)(?:0\d|1[0-2])(?:[0-2]\d|3[01]) ?$/g, ([, of]) => [shortYear(of)]),
  pattern(
    '44 48 88 96 176 192 352 384',
    /\b(16|24|32) ?(?:-? ?bits?|b)? ?[-/.:@ x] ?(44|48|88|96|176|192|352|384)(?:[.,]\d)? ?(?:k(?:hz)?)?\b/g,
    ([, bits, rate]) => [...depth(bits), hertz(rate)],
  ),
  pattern(
    '44 48 88 96 176 192 352 384',
    /\b(44|48|88|96|176|192|352|384)(?:[.,]\d)? ?(?:khz|k)? ?[-/] ?(16|24|32)\b(?: ?-?bits?)?/g,
    ([, rate, bits]) => [...depth(bits), hertz(rate)],
  ),
  pattern('khz', /(?<![\d.])(\d{2,3})(?:[.,]\d)? ?khz/g, ([, rate]) => [hertz(rate)]),
  pattern('b', /(?<!\d)(16|20|24|32) ?-? ?bits?\b|\b(16|24|32)b\b/g, ([, bits, short]) => depth(bits ?? short)),
  pattern('flac alac wav', /\b(flac|alac|wav)[ -]?(16|24)\b/g, ([, format, bits]) => [formatOf(format), ...depth(bits)]),
  pattern(
    'flac alac mp3 aac m4a ogg wma',
    /\b(flac|alac|mp3|aac|m4a|ogg|wma) ?[-@/ ]? ?(\d{2,3})\b(?! ?(?:-? ?bit|cd|k?hz))/g,
    ([, format, rate]) => [formatOf(format), ...kbits(rate)],
  ),
  pattern('dsd', /\bdsd ?-?(?:64|128|256|512)\b/g, () => [formatOf('dsd')]),
  pattern(
    'kb kp кб 0k 1k 2k 3k 4k 5k 6k 7k 8k 9k',
    /(?<!\d)(?:\d{2,3} ?[-~] ?)?(\d{2,4}) ?(?:kbps|kbits?(?:\/s)?|kb\/s|kb\/c|kbs|kpbs|kb|кбит(?:\/с)?|k)\b/g,
    ([, rate]) => kbits(rate),
  ),
  pattern('v0 v1 v2', /\b(?:vbr ?-?)?v([012])(?: ?\(?vbr\)?)?(?!\w|\.\d)/g, ([, level]) => [{ field: 'bitrate', value: `V${level}` }]),
  pattern('320 256 224 192 160 128', /(?<![\d.])@?(?:cbr)?(320|256|224|192|160|128)\b(?!\.\d)/g, ([, rate]) => [
    { field: 'bitrate', value: Number(rate), soft: true },
  ]),
  pattern(
    'cd lp vinyl vls dvd bd mc',
    /\b(\d{1,3}) ?x? ?(cd|lp|vinyl|vls|dvd|sacd|bd|mc)(?:s|m|r)?\b(?! ?\d{1,2}\b)/g,
    ([, count, media]) => [...discs(count), medium(media)],
  ),
  pattern('dis box tape', /(?<!\d)(\d{1,3}) ?x? ?(?:dis[ck]s?|box|tapes?)\b/g, ([, count]) => discs(count)),
  pattern(
    'album альбом release релиз',
    /(?<!\d)(\d{1,3}) (?:(?:studio|full) )?(?:albums?|альбом(?:а|ов)?|releases|релиз(?:а|ов)?)(?![a-zа-яё])/g,
    ([, count]) => [...discs(count), { field: 'discography', value: 1 }],
  ),
  pattern('cd', /\bcd ?#?\d{1,2}\b/g, () => [medium('cd')]),
  pattern('dis dvd lp vol', /\b(?:disc|disk|dvd|lp|vol(?:ume)?\.?) ?#?\d{1,2}\b/g, () => [nothing()]),
  pattern('\' " in', /\b(?:7|10|12) ?(?:''|"|inch|in\b)(?: vinyl| single)?/g, () => [{ field: 'source', value: 'vinyl' }]),
  pattern('2k', /\b2k(0\d|1\d|\d)\b/g, ([, of]) => [year(`20${of?.padStart(2, '0')}`)]),
  pattern('19 20', new RegExp(YEAR, 'g'), ([, of]) => [year(of)]),
  pattern('q', /\bq ?-?\d{1,2}(?:[.,]\d+)?(?:\.x)?\b/g, () => [nothing()]),
  pattern('% mhz', /\b(?:log ?\(?)?\d{1,3} ?%|\b\d{1,2}[.,]?\d? ?mhz\b/g, () => [nothing()]),
  pattern('press', /\b\d{1,2}(?:st|nd|rd|th)(?= (?:\w+ )?press)/g, () => [nothing()]),
  pattern('anniv', /\b\d{1,3}(?:st|nd|rd|th)(?= (?:year )?anniv)/g, () => [nothing()]),
]

function pattern(needs: string, form: RegExp, says: Pattern['says']): Pattern {
  return { needs: needs.split(' '), form, says }
}

function shortYear(of: string | undefined): Tag {
  return year(`${Number(of) < 60 ? 20 : 19}${of}`)
}

function medium(media: string | undefined): Tag {
  return { field: 'source', value: MEDIA[media as string] as string, soft: true }
}

function year(text: string | undefined): Tag {
  return { field: 'year', value: Number(text) }
}

function nothing(): Tag {
  return { field: 'nothing', value: 0 }
}

function depth(bits: string | undefined): Tag[] {
  return bits ? [{ field: 'depth', value: Number(bits) }] : []
}

const FRACTIONS: Record<string, number> = { '44': 44_100, '88': 88_200, '176': 176_400, '352': 352_800 }

function hertz(khz: string | undefined): Tag {
  return { field: 'rate', value: FRACTIONS[khz ?? ''] ?? Number(khz) * 1000 }
}

function kbits(rate: string | undefined): Tag[] {
  const value = Number(rate)
  return value >= 32 && value <= 9999 ? [{ field: 'bitrate', value }] : [nothing()]
}

function discs(count: string | undefined): Tag[] {
  return Number(count) > 0 ? [{ field: 'discs', value: Number(count) }] : [nothing()]
}

function formatOf(word: string | undefined): Tag {
  return { field: 'format', value: word === 'm4a' ? 'aac' : (word as string) }
}
