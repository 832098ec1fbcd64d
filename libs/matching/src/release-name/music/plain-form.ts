import { isAscii } from './is-ascii.js'

export const MAX_NAME = 500

export interface PlainForm {
  text: string
  /** No blanks in it: dots, underscores or dashes stood for them, and every dash may part names. */
  packed: boolean
  /** What the ending of a file says. */
  extension?: string
}

/** The name with blanks between its words, one kind of dash and one kind of each bracket. */
export function plainForm(name: string): PlainForm {
  const { text: bare, extension } = withoutExtension(plainSigns(posted(name.slice(0, MAX_NAME))))
  const text = withoutSite(bare)
  const outside = text.replace(/[[({][^\])}]*[\])}]/g, '').trim()
  const packed = !/\s/.test(outside)
  const spaced = protectNumbers(
    packed
      ? partedByQuotes(withBlanks(text, outside))
      : partedByBlanks(withoutLines(text).replace(/\.((?:19|20)\d\d)(?:\.(?=\p{L})|$)/gu, ' $1 ')),
    packed,
  )
  return { text: spaced, packed, ...(extension ? { extension } : {}) }
}

/** Posts to newsgroups: "[01234]-[FULL]-[a.b.flac]-[ Artist-Album-CD-2004-GROUP ]-[00/12]". */
function posted(name: string): string {
  return /^\[\d{1,9}\]\s?-\s?(?:\[[^\]]{0,80}\]\s?-\s?){0,3}\[ ?(?=[^\]]{0,300}-)([^\]]{1,400}?) ?\]/.exec(name)?.[1] ?? name
}

const ENTITIES: Record<string, string> = { amp: '&', quot: '"', '#39': "'", '#039': "'", lt: '<', gt: '>', nbsp: ' ' }

function plainSigns(name: string): string {
  const text = (isAscii(name) ? name : asciiSigns(name))
    .replace(/&(amp|quot|#0?39|lt|gt|nbsp);/g, (_, entity: string) => ENTITIES[entity] ?? ' ')
    .replace(/^\s*\d\d\. /, '')
    .replace(/ ?"? ?yEnc(?: .*)?$/, '')
    .trim()
  if (/\s/.test(text)) return text
  if (text.includes('%20')) return text.replace(/%20/g, ' ')
  return text.includes('+-+') ? text.replace(/\++/g, ' ') : text
}

/** Signs of other keyboards as those that most names have; signs that cannot be seen are blanks. */
function asciiSigns(name: string): string {
  return name
    .replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
    .replace(/[（［【〔]/g, (sign) => (sign === '（' ? '(' : '['))
    .replace(/[）］】〕]/g, (sign) => (sign === '）' ? ')' : ']'))
    .replace(/[\p{Cc}\p{Cf}\u00a0\u3000]+/gu, ' ')
    .replace(/[“”„]/g, '"')
    .replace(/(?<=\w)(?=分轨|整轨|无损|無損)/g, ' ')
}

function withoutExtension(text: string): { text: string; extension?: string } {
  const found = /(?<=[^.\s])\.(torrent|zip|rar|7z|tar|nzb|cue|m3u|mp3|flac|m4a|ogg|wav|ape|wv|opus|wma|dsf|iso)$/i.exec(text)
  if (!found) return { text }
  return { text: text.slice(0, found.index), extension: (found[1] as string).toLowerCase() }
}

function withoutSite(text: string): string {
  return text.replace(/^[[({]?\s?www\.[^\s\])}_]{1,60}\s?[\])}]?[\s_-]*(?=\S)/i, '')
}

/** Underscores are blanks; dots are where no underscore does that work, but not inside of numbers. */
function withBlanks(text: string, outside: string): string {
  const beforeGroup = outside.slice(0, Math.max(0, outside.lastIndexOf('-')))
  const spaced = text.replace(/_/g, ' ')
  return beforeGroup.includes('_') ? spaced : spaced.replace(/\.(?!\d(?:\D|$))|(?<!\d)\./g, ' ')
}

/** Without a dash that parts names, quotes about the album do it, or two blanks. */
function partedByBlanks(text: string): string {
  const quoted = partedByQuotes(text.replace(/^([^-:]{2,80}) : /, '$1 - '))
  const parted = /\s-+\s/.test(quoted) ? quoted : partedOtherwise(quoted)
  return parted.replace(/\s{2,}/g, ' ')
}

/** "Album by Some Artist (2004)"; one word behind it is rather a part of the name: Stand by Me. */
const CREDITED = /^([^-[({]{2,80}) by ((?:The )?\p{Lu}[^-[({\s]{1,30}(?: \S[^-[({\s]{0,30}){1,4}?)(?= ?[[(]\d{4}[\])])/u

/** Two blanks, the day of a concert, or a year in brackets with a name on both sides. */
function partedOtherwise(text: string): string {
  const wide = text.replace(/ [|•~] | \/\/ /, ' - ').replace(/(?<=[a-z\d\u0080-\uffff])\s{2,}(?=[a-z\d\u0080-\uffff])/i, ' - ')
  if (wide !== text) return wide
  const credited = text.replace(CREDITED, '$2 - $1')
  if (credited !== text) return credited
  const concert = text.replace(/^([^-[({\d]{2,80}) ((?:19|20)\d\d[-.]\d\d[-.]\d\d) /, '$1 - $2 ')
  return concert !== text ? concert : text.replace(/^([^-[({]{2,80}) ([[(](?:19|20)\d\d[\])]) (?=[a-z\d\u0080-\uffff]+[ '])/i, '$1 - $2 ')
}

/** "Artist Name_Album Name_2004_FLAC": where blanks are there too, lines part the fields, unless dashes do. */
function withoutLines(text: string): string {
  const fields = text.split('_')
  return fields.length > 2 &&
    !text.includes('-') &&
    fields.slice(0, 2).every((field) => /^\S.*\S$/.test(field)) &&
    /\s/.test(`${fields[0]}${fields[1]}`)
    ? fields.join(' - ')
    : text.replace(/_/g, ' ')
}

function partedByQuotes(text: string): string {
  return text.replace(
    /^((?:[[(][^\])]{0,60}[\])] ?){0,4}[^-"«「『[(]{2,200}?)\s?["«「『]([^"»」』]{1,200})["»」』](?=\s*(?:$|[[({\d]))/,
    '$1 - $2 ',
  )
}

/** Dashes inside of dates, runs of years and pairs like 24-96 part nothing. */
function protectNumbers(text: string, packed: boolean): string {
  const runs =
    packed && !/disc?k?ogra|дискогр|complete|collection/i.test(text)
      ? /(?<=[(-])((?:19|20)\d\d)-((?:19|20)\d\d)(?=\)|[- ].*-(?:19|20)\d\d-[^-]{1,40}$)/g
      : /\b((?:19|20)\d\d)\s?-\s?((?:19|20)\d\d)\b/g
  return text
    .replace(/([-([])(\d\d)-(\d\d)-(\d\d)(?=-[^-]+$|[)\]])/, '$1$2.$3.$4')
    .replace(/(?<![\d-])(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?!\d)/g, '$1.$2.$3')
    .replace(/(?<!\d)((?:19|20)\d\d)-(0\d|1[0-2])-([0-2]\d|3[01])(?!\d)/g, '$1.$2.$3')
    .replace(runs, (whole, from: string, to: string) => (from < to ? `${from}~${to}` : whole))
    .replace(/(?<=[-[({\s])(16|24|32)( ?-?bits?|b)?-(44|48|88|96|176|192)(?![\d])/gi, '$1$2/$3')
}
