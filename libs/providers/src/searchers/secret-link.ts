const PLACEHOLDER = '{apikey}'
const DISARMED = '%7Bapikey%7D'

/**
 * The link with the indexer's key taken out, fit to be stored.
 * A placeholder that the feed itself contains is disarmed, so that no foreign link can ask for the key.
 */
export function hideKey(link: string, key: string | undefined): string {
  const harmless = link.replaceAll(PLACEHOLDER, DISARMED)
  if (!key) return harmless
  return harmless.replace(new RegExp(`${patternOf(encodeURIComponent(key))}|${patternOf(key)}`, 'g'), () => PLACEHOLDER)
}

export function restoreKey(link: string, key: string | undefined): string {
  return link.replaceAll(PLACEHOLDER, () => encodeURIComponent(key ?? ''))
}

export function needsKey(link: string): boolean {
  return link.includes(PLACEHOLDER)
}

/** Percent signs are followed by hex digits of either case. */
function patternOf(form: string): string {
  const literal = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return literal.replace(/%[0-9a-f]{2}/gi, (hex) => `(?:${hex.toUpperCase()}|${hex.toLowerCase()})`)
}
