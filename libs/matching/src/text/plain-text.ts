const MAX_CHARS = 1000

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
  return withoutAccents(text.slice(0, MAX_CHARS))
    .toLowerCase()
    .replace(/[ßæœøđðþłıё]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/(?<=\p{L})[!$](?=\p{L})/gu, (sign) => (sign === '!' ? 'i' : 's'))
    .replace(/['’`´ʼ]/g, '')
    .replace(/\s[&+]\s|&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** Only marks of Latin, Greek and Cyrillic letters go; those of other scripts are letters of their own. */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
}

/** Words of a name; numbers in Roman and Arabic notation are one. A name of punctuation only is its own word. */
export function wordsOf(text: string): string[] {
  const plain = plainText(text)
  if (plain === '') return text.trim() === '' ? [] : [text.replace(/\s+/g, '').toLowerCase()]
  return plain.split(' ').map(arabic)
}

const ROMAN = [
  '',
  'i',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'ix',
  'x',
  'xi',
  'xii',
  'xiii',
  'xiv',
  'xv',
  'xvi',
  'xvii',
  'xviii',
  'xix',
  'xx',
]

function arabic(word: string): string {
  const value = ROMAN.indexOf(word)
  if (value > 0) return String(value)
  return /^0+\d/.test(word) ? word.replace(/^0+(?=\d)/, '') : word
}
