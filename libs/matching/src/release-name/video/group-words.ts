const HYPHEN = /^[\s_.)\]]{0,4}[-–~][\s_.]?([^\s_.()[\]{}]{1,40})$/u
const SEVERAL_WORDS = /^\s?[-–]\s?([\p{Lu}\d]{1,20}(?: [\p{Lu}\d]{1,20}){1,2})$/u
const TWO_NAMES = /^ - ([^\s_.()[\]{}-]{1,30}) - [^\s_.()[\]{}-]{1,30}$/u
const HOST_BEHIND = /^-([\p{L}\d]{2,30})\.(?:nu|org|com|net|info|to|tv|me|cc|ws|site|in)$/iu
const DOTTED = /^-([\p{L}\d]{2,30}\.[\p{L}\d]{2,6}|(?:[\p{L}\d]\.){2,5}[\p{L}\d])$/u
const BY = /[\s_.-]by[\s_.]([^\s_.()[\]{}]{2,40})$/iu
const HOST = /^[\s_.]{1,2}([\p{L}\d-]{2,30}\.(?:org|com|net|info))$/iu
const HYPHENED_WORD = /^[)\]]?[._]{1,3}([^\s_.()[\]{}]{1,40}-[^\s_.()[\]{}]{1,40})$/u
const LAST_HYPHEN = /[-–]\s?([^\s_.()[\]{}-]{1,40})$/u
const SOLE_WORD = /^[)\]]?[\s_.]{1,3}([^\s_.()[\]{}]{2,40})$/u
const SECOND_WORD = /^\.[^\s_.()[\]{}-]{2,20}\.([^\s_.()[\]{}-]{2,20})$/u
const LAST_WORD = /[\s_.]([^\s_.()[\]{}]{2,40})$/u
/** In the order in which they are tried; most groups have no dot. */
const WITH_HYPHEN = [HYPHEN, SEVERAL_WORDS, TWO_NAMES]
const WITH_DOT = [HOST_BEHIND, DOTTED, ...WITH_HYPHEN]
const TIGHT = /^-[^\s]{1,40}$/

export interface GroupWords {
  /** Right behind a hyphen: this is how groups are named. */
  hyphen?: string
  /** With a hyphen somewhere near, or said to be by somebody. */
  near?: string
  /** The last word, which may be anything. */
  word?: string
}

/** A group in the text behind the last tag; behind an episode's number only a tight hyphen tells one. */
export function groupWords(rest: string, place: { bracket: boolean; kind: 'tag' | 'year' | 'number' | undefined }): GroupWords {
  if (place.kind === 'number' && !TIGHT.test(rest)) return {}
  const by = firstOf(rest, [BY])
  if (by) return { near: by }
  const hyphen = firstOf(rest, rest.includes('.') ? WITH_DOT : WITH_HYPHEN)
  if (hyphen) return { hyphen }
  const near = firstOf(rest, [HOST, HYPHENED_WORD]) ?? (SOLE_WORD.test(rest) ? undefined : firstOf(rest, [LAST_HYPHEN]))
  if (near) return { near }
  const word = firstOf(rest, place.bracket ? [LAST_WORD] : [SOLE_WORD, SECOND_WORD])
  return place.kind === 'year' ? {} : { word: word?.split('-').at(-1) }
}

function firstOf(text: string, patterns: RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1]
    if (found) return found
  }
  return undefined
}
