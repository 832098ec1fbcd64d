import type { Rest } from './read-part.js'

/** A name that is told twice, in two scripts: "Кино / Kino", "Кино (Kino)". */
export function otherName(name: string, rests: Rest[]): { name: string; also?: string } {
  const halves = name.split(/\s\/\s/)
  const [first, second] = halves as [string, string?]
  if (halves.length === 2 && second && inTwoScripts(first, second)) return { name: first, also: second }
  const bracket = rests.find((rest) => rest.bracket !== undefined && !rest.late && inTwoScripts(name, rest.text))
  return bracket ? { name, also: bracket.text } : { name }
}

function inTwoScripts(first: string, second: string): boolean {
  const latin = [first, second].map((text) => /\p{Script=Latin}/u.test(text))
  return latin[0] !== latin[1] && [first, second].every((text) => /\p{L}/u.test(text))
}
