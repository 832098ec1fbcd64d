import type { Tag } from './tag.js'

export type Pattern = [RegExp, (found: RegExpMatchArray) => Tag[]]

/** `~` stands for the dash between two years: see `protectNumbers`. */
const YEAR = '(?<!\\d)(19[2-9]\\d|20[0-5]\\d)(?!\\d)'
const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|(?:janvier|f[ée]vrier|mars|avril|mai|juin|juli|juillet|ao[uû]t|septembre|octobre|oktober|novembre|d[ée]cembre|dezember)'
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

/** Forms with numbers, over lower-case text; each takes what it reads away from those below it. */
export const PATTERNS: Pattern[] = [
  [new RegExp(`${YEAR}~${YEAR}`, 'g'), ([, from, to]) => [year(from), { field: 'year_to', value: Number(to) }]],
  [new RegExp(`(?<!\\d)\\d{1,2}[./]\\d{1,2}[./]${YEAR}`, 'g'), ([, of]) => [year(of)]],
  [new RegExp(`${YEAR}[./]\\d{1,2}[./]\\d{1,2}(?!\\d)`, 'g'), ([, of]) => [year(of)]],
  [new RegExp(`(?:\\b\\d{1,2}(?:st|nd|rd|th)?[ .]?)?\\b(?:${MONTH})\\.? ${YEAR}`, 'g'), ([, of]) => [year(of)]],
  [/^ ?(\d\d)(?:0\d|1[0-2])(?:[0-2]\d|3[01]) ?$/g, ([, of]) => [year(`${Number(of) < 60 ? 20 : 19}${of}`)]],
  [
    /\b(16|20|24|32) ?(?:-? ?bits?|b)? ?[-/.@ x] ?(44|48|88|96|176|192|352|384)(?:[.,]\d)? ?(?:k(?:hz)?)?\b/g,
    ([, bits, rate]) => [...depth(bits), hertz(rate)],
  ],
  [
    /\b(44|48|88|96|176|192|352|384)(?:[.,]\d)? ?(?:khz|k)? ?[-/] ?(16|20|24|32)\b(?: ?-?bits?)?/g,
    ([, rate, bits]) => [...depth(bits), hertz(rate)],
  ],
  [/(?<![\d.])(\d{2,3})(?:[.,]\d)? ?khz/g, ([, rate]) => [hertz(rate)]],
  [/(?<!\d)(16|20|24|32) ?-? ?bits?\b|\b(16|24|32)b\b/g, ([, bits, short]) => depth(bits ?? short)],
  [/\b(flac|alac|wav)[ -]?(16|24)\b/g, ([, format, bits]) => [{ field: 'format', value: format as string }, ...depth(bits)]],
  [
    /\b(flac|alac|mp3|aac|m4a|ogg|wma) ?[-@/ ]? ?(\d{2,3})\b(?! ?(?:-? ?bit|cd|k?hz))/g,
    ([, format, rate]) => [{ field: 'format', value: formatOf(format) }, ...kbits(rate)],
  ],
  [/\bdsd ?-?(?:64|128|256|512)\b/g, () => [{ field: 'format', value: 'dsd' }]],
  [/(?<!\d)(?:\d{2,3} ?[-~] ?)?(\d{2,4}) ?(?:kbps|kbits?(?:\/s)?|kb\/s|kb\/c|kbs|kpbs|kb|кбит(?:\/с)?|k)\b/g, ([, rate]) => kbits(rate)],
  [/\b(?:vbr ?-?)?v([012])(?: ?\(?vbr\)?)?(?!\w|\.\d)/g, ([, level]) => [{ field: 'bitrate', value: `V${level}` }]],
  [/(?<![\d.])@?(?:cbr)?(320|256|224|192|160|128)\b(?!\.\d)/g, ([, rate]) => [{ field: 'bitrate', value: Number(rate), soft: true }]],
  [
    /(?<!\d)(\d{1,3}) ?x? ?(cd|lp|vinyl|vls|dvd|sacd|bd|mc)(?:s|m|r)?\b(?! ?\d)/g,
    ([, count, media]) => [...discs(count), { field: 'source', value: MEDIA[media as string] as string, soft: true }],
  ],
  [/(?<!\d)(\d{1,3}) ?x? ?(?:dis[ck]s?|box|tapes?)\b/g, ([, count]) => discs(count)],
  [
    /(?<!\d)(\d{1,3}) (?:(?:studio|full) )?(?:albums?|альбом(?:а|ов)?|releases|релиз(?:а|ов)?)(?![\p{L}])/gu,
    ([, count]) => [...discs(count), { field: 'discography', value: 1 }],
  ],
  [/\b(?:cd|disc|disk|dvd|lp|vol(?:ume)?\.?) ?#?\d{1,2}\b/g, () => [nothing()]],
  [/\b(?:7|10|12) ?(?:''|"|inch|in\b)(?: vinyl| single)?/g, () => [{ field: 'source', value: 'vinyl' }]],
  [new RegExp(YEAR, 'g'), ([, of]) => [year(of)]],
  [
    /\bq ?-?\d{1,2}(?:[.,]\d+)?(?:\.x)?\b|\b\d{1,3} ?%|\b\d{1,2}[.,]?\d? ?mhz\b|[+*]?\.?cue\b|\blog(?: ?\(?\d{1,3}%?\)?)?(?![\w])/g,
    () => [nothing()],
  ],
  [/\b\d{1,3}(?:st|nd|rd|th)(?= (?:year )?anniv)/g, () => [nothing()]],
]

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

function formatOf(word: string | undefined): string {
  return word === 'm4a' ? 'aac' : (word as string)
}
