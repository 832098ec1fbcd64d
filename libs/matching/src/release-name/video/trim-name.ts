import { INDEXERS, isReposter } from '../tables/reposters.js'
import { EXTENSIONS } from './tables/extensions.js'

/** Real names are shorter than file names may be; whatever is longer is read no further. */
export const MAX_NAME = 400

const TOP_LEVEL =
  'com|org|net|info|biz|to|tv|me|cc|ws|site|xyz|club|art|lat|tel|wiki|pro|one|lol|yt|top|online|center|link|buzz|city|re|se|ru|pl|cz|nl|de|fr|es|it|hu|in|ca|is|li|la|mx|ag|eu|io|am|nu|sx|ch|at|be|uk|xn--p1ai'
const HOST = `(?:www [a-z\\d-]{1,40} |[a-z\\d-]{1,40}(?:\\.[a-z\\d-]{1,20}){0,2}\\.)(?:${TOP_LEVEL})`
const PREFIXES = [
  new RegExp(`^[\\s_.]{0,3}[[({【]\\s{0,2}${HOST}\\s{0,2}[\\])}】][\\s_.-]{0,5}`, 'i'),
  /^www[. ][\p{L}\d-]{1,40}[. ][a-z]{2,8}[\s_.]{0,4}[-–~_|][\s_.]{0,6}/iu,
  new RegExp(`^${HOST}\\s{1,3}[-–]\\s{1,3}`, 'i'),
]
const SUFFIXES = [
  new RegExp(`(?<!-)[\\s_.]{0,3}[[({【]\\s{0,2}(?!yts)${HOST}\\s{0,2}[\\])}】]$`, 'i'),
  new RegExp(`[\\s_.-]{1,3}www\\.${HOST}$`, 'i'),
]
const POSTED = /^(?:\[[^[\]]{1,60}\]-){2,4}\[ ?([^[\]]{5,300}?) ?\]-/
const PATH = /^(?:\/|[a-z]:\\)(?:[^/\\]{0,200}[/\\]){1,12}([^/\\]{5,400})$/i
const ENDING = /[. ]([a-z\d]{2,7})$/i
const INDEXER = /[-_. ]{0,2}[[(] ?([a-z\d.-]{2,20}) ?[\])]$/i

/** The name itself: bounded, without controls, endings of files, sites before and behind, and marks of reposters. */
export function trimName(name: string): string {
  let text = withBlanks(
    inside(
      name
        .slice(0, MAX_NAME)
        .replace(/[\p{Cc}\uFFFD]/gu, ' ')
        .trim(),
    ),
  )
  for (let rounds = 0; rounds < 4; rounds++) {
    const shorter = withoutPrefix(withoutSuffix(withoutEnding(text)))
    if (shorter === text) break
    text = shorter
  }
  return text
}

/** "(Name)", "[123]-[FULL]-[#group]-[ Name ]-[01/28]", "/films/Name.mkv": the name alone. */
function inside(text: string): string {
  if (!/^(?:[([/]|[a-z]:)/i.test(text)) return text
  const wrapped = /^\(([^()]{1,400})\)$/.exec(text) ?? POSTED.exec(text) ?? PATH.exec(text)
  return wrapped?.[1]?.trim() ?? text
}

/** Names whose words are parted by another sign than usual. */
function withBlanks(text: string): string {
  if (!/[+·%]/.test(text) || /[ ._]\S{1,400}[ ._]/.test(text)) return text
  const sign = ['%20', '+', '·'].find((one) => text.split(one).length > 3)
  return sign ? text.replaceAll(sign, ' ') : text
}

function withoutEnding(text: string): string {
  const ending = ENDING.exec(text)
  return ending && isExtension(ending[1] ?? '') && ending.index > 0 ? text.slice(0, ending.index).trimEnd() : text
}

/** TS and DivX at the end of a name are a source and a codec, in small letters they are files. */
function isExtension(ending: string): boolean {
  if (/^(?:part|r)\d{2,3}$/i.test(ending)) return true
  return EXTENSIONS.has(/^(?:ts|divx)$/i.test(ending) ? ending : ending.toLowerCase())
}

function withoutSuffix(text: string): string {
  const hyphen = text.lastIndexOf('-')
  if (hyphen > 0 && isReposter(text.slice(hyphen + 1).toLowerCase())) return text.slice(0, hyphen).trimEnd()
  const indexer = /[\])]$/.test(text) ? INDEXER.exec(text) : null
  if (indexer && INDEXERS.has((indexer[1] ?? '').toLowerCase()) && indexer.index > 0) return text.slice(0, indexer.index).trimEnd()
  return /[\])}】]$|www\./i.test(text) ? keepSome(text, SUFFIXES) : text
}

function withoutPrefix(text: string): string {
  return /^[\s_.]{0,3}[[({【]|^www|^[^ ]{1,60}[. ][a-z]{2,8} {1,3}[-–]/i.test(text) ? keepSome(text, PREFIXES) : text
}

function keepSome(text: string, patterns: RegExp[]): string {
  for (const pattern of patterns) {
    const rest = text.replace(pattern, '')
    if (rest !== text && rest !== '') return rest.trim()
  }
  return text
}
