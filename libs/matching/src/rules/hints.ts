import { plainText } from '../text/plain-text.js'
import type { Evidence, Verdict } from './rule.js'

/** Label and genre of the ticket prove nothing, but tell one of two releases from the other. */
export function hintsRule({ request, title }: Evidence): Verdict | undefined {
  const { label, genres } = request.search
  const named = [...(label ? [label] : []), ...genres].filter((hint) => {
    const plain = plainText(hint)
    return plain !== '' && ` ${title.plain} `.includes(` ${plain} `)
  })
  if (named.length === 0) return undefined
  return { code: 'hints', points: 0.01, text: `the title names ${named.slice(0, 3).join(', ')}` }
}
