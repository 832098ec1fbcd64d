const MAX_CHARS = 1000
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is the point
const ASCII = /^[\u0000-\u007f]*$/

/** Letters that Unicode does not take apart. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ё: 'е',
}

/** Names as they are compared: lower case, without accents and punctuation, `&` as the word it stands for. */
export function plainText(text: string): string {
  const short = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text
  const letters = ASCII.test(short) ? short.toLowerCase() : plainLetters(short)
  return letters
    .replace(/(?<=\p{L})[!$](?=\p{L})/gu, (sign) => (sign === '!' ? 'i' : 's'))
    .replace(/['’`´ʼ]/g, '')
    .replace(/\s[&+]\s|&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

function plainLetters(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[ßæœøđðþłıё]/g, (letter) => LETTERS[letter] ?? letter)
}

/** Only marks of Latin, Greek and Cyrillic letters go; those of other scripts are letters of their own. */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
}

/** Words of a name; numbers in Roman and Arabic notation and as words are one. A name of punctuation only is its own word. */
export function wordsOf(text: string): string[] {
  const plain = plainText(text)
  if (plain === '') return text.trim() === '' ? [] : [text.replace(/\s+/g, '').toLowerCase()]
  const words = plain.split(' ')
  return words.map((word, index) => (isInitial(words, index) ? word : usualForm(word)))
}

/** M.I.X. is no number. */
function isInitial(words: string[], index: number): boolean {
  return words[index]?.length === 1 && (words[index - 1]?.length === 1 || words[index + 1]?.length === 1)
}

const ROMAN = ' i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx'.split(' ')
const SPOKEN = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const SHORT = new Map([
  ['n', 'and'],
  ['vol', 'volume'],
  ['vols', 'volume'],
  ['volumes', 'volume'],
  ['pt', 'part'],
  ['pts', 'part'],
  ['parts', 'part'],
  ['nr', 'no'],
  ['nos', 'no'],
])

function usualForm(word: string): string {
  const value = ROMAN.indexOf(word, 1)
  if (value > 0) return String(value)
  const spoken = SPOKEN.indexOf(word)
  if (spoken > 0) return String(spoken)
  return SHORT.get(word) ?? (/^0+\d/.test(word) ? word.replace(/^0+(?=\d)/, '') : word)
}
