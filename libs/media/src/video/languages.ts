/** Codes that ISO 639-2 has for libraries, beside the ones that everybody else uses. */
const BIBLIOGRAPHIC: Record<string, string> = {
  ...{ alb: 'sq', arm: 'hy', baq: 'eu', bur: 'my', chi: 'zh', cze: 'cs', dut: 'nl', fre: 'fr', geo: 'ka', ger: 'de', gre: 'el' },
  ...{ ice: 'is', mac: 'mk', mao: 'mi', may: 'ms', per: 'fa', rum: 'ro', slo: 'sk', tib: 'bo', wel: 'cy' },
}

/** `eng`, `en` and `en-GB` are one language. Undefined for what is none, or is said to be undetermined. */
export function languageOf(code: string | undefined): string | undefined {
  const plain = code?.trim().toLowerCase().replace('_', '-').split('-')[0] ?? ''
  if (plain === '' || plain === 'und') return undefined
  const known = BIBLIOGRAPHIC[plain]
  if (known !== undefined) return known
  try {
    return Intl.getCanonicalLocales(plain)[0]?.toLowerCase()
  } catch {
    return undefined
  }
}
