import type { Evidence, Verdict } from './rule.js'

/** Nobody can map what is not cut yet: a human decides what to do with it. */
export function imageRule({ title, files }: Evidence): Verdict | undefined {
  if (!files && /\bimage (?:and )?cue\b/.test(title.plain))
    return {
      code: 'image',
      points: -0.2,
      text: 'the title tells of one file with a cue sheet, which must be split before tracks can be told',
    }
  if (!files || files.images.length === 0 || files.unmapped.length === 0) return undefined
  const [first = ''] = files.images
  const name = first.slice(first.lastIndexOf('/') + 1, first.lastIndexOf('/') + 100)
  const told = files.images.length === 1 ? `"${name}" holds` : `"${name}" and ${files.images.length - 1} other files hold`
  return {
    code: 'image',
    points: -0.3,
    text: `${told} whole discs in one piece: they must be split by their cue sheets before tracks can be told`,
  }
}
