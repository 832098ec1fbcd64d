import anyAscii from 'any-ascii'

/** Runs of letters that are not Latin, with their marks; the kana's mark of length is common to two scripts. */
const OTHER_SCRIPTS = /(?:[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]\p{M}*|ー)+/gu
const HAN = /\p{Script=Han}/gu

/**
 * Cyrillic, Greek, kana, Hangul, Han, Arabic and so on in Latin letters, a form to be used beside the original.
 * Latin letters with accents stay as they are: `plainText` takes care of them. What has no other letters comes back unchanged.
 */
export function transliterate(text: string): string {
  return text.replace(OTHER_SCRIPTS, (run, at: number) => {
    const latin = latinOf(run.normalize('NFC'))
    return latin.startsWith(' ') && (at === 0 || /\s/.test(text[at - 1] ?? '')) ? latin.slice(1) : latin
  })
}

/** Sounds of Chinese characters are words of their own; signs of softness, which are quotes in ASCII, go. */
function latinOf(run: string): string {
  const spaced = kanaOf(run).replace(HAN, (character) => ` ${anyAscii(character)}`)
  return anyAscii(spaced).replace(/['"`]/g, '').replace(/[ ]+/g, ' ').toLowerCase()
}

/** Two signs of kana may be one syllable, which a table of single signs cannot know. */
function kanaOf(run: string): string {
  if (!/[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(run)) return run
  const small = /([\p{Script=Hiragana}\p{Script=Katakana}])([ゃゅょャュョァィェォぁぃぇぉ])/gu
  const joined = run.replace(small, (_pair, large: string, vowel: string) => {
    const sound = anyAscii(vowel)
    const start = anyAscii(large).replace(/[aiueo]$/, '')
    return start + (/^(?:sh|ch|j)$/.test(start) ? sound.replace(/^y/, '') : sound)
  })
  return joined.replace(/[っッ](.)?/gu, (_sign, next: string | undefined) => (next ? doubled(anyAscii(next)) : '')).replace(/ー/gu, '')
}

function doubled(syllable: string): string {
  return /^[a-z]/.test(syllable) ? (syllable.startsWith('ch') ? 't' : syllable.slice(0, 1)) + syllable : syllable
}
