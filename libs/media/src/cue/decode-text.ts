const BOMS: [bytes: number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** Text of an unknown encoding: what it says itself, else UTF-8, else the likeliest of those that rippers have used. */
export function decodeText(bytes: Buffer): string {
  const marked = BOMS.find(([bom]) => bom.every((byte, index) => bytes[index] === byte))
  if (marked) return new TextDecoder(marked[1]).decode(bytes)
  return decoded(bytes, 'utf-8') ?? new TextDecoder(guess(bytes)).decode(bytes)
}

function guess(bytes: Buffer): string {
  if (looksJapanese(bytes)) return 'shift_jis'
  // Accents stand alone among plain letters, Cyrillic words are all high.
  return meanRun(bytes) >= 2 ? 'windows-1251' : 'windows-1252'
}

/** Kana and the usual kanji begin with bytes that are hardly ever letters elsewhere. */
function looksJapanese(bytes: Buffer): boolean {
  if (decoded(bytes, 'shift_jis') === undefined) return false
  let leads = 0
  let low = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte < 0x80 || (byte >= 0xa0 && byte < 0xe0)) continue
    leads++
    if (byte < 0xa0) low++
    at++
  }
  return leads > 0 && low * 2 >= leads
}

function meanRun(bytes: Buffer): number {
  const runs = bytes.toString('latin1').match(/[\x80-\xff]+/g) ?? []
  return runs.reduce((sum, run) => sum + run.length, 0) / Math.max(1, runs.length)
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
