import { cleanName } from './clean-name.js'

const KINDS =
  'album|soundtrack|ep|anthology|compilation|single|live album|remix|bootleg|interview|mixtape|demo|concert recording|dj mix|unknown|produced by|sampler|demo|split'
const FORM = new RegExp(`^(\\S[^\\n]{0,200}?) - (\\S[^\\n]{0,300}?) [[(]((?:19|20)\\d\\d)[\\])] (?=\\[(?:${KINDS})\\])`, 'i')
/** What only such names have: the pattern above tries every dash. */
const BRACKETS = /[\])] \[/

export interface TrackerForm {
  artist: string
  album: string
  /** The year and all that stands behind it. */
  tags: string
}

/** Trackers that compose names of their own fields: "Artist - Album (Year) [Kind] [Format / Source]"; there the album is exact, with its brackets. */
export function trackerForm(text: string): TrackerForm | undefined {
  const found = BRACKETS.test(text) ? FORM.exec(text) : null
  if (!found) return undefined
  return {
    artist: cleanName(found[1] as string),
    album: cleanName(found[2] as string),
    tags: `[${found[3]}] ${text.slice(found[0].length)}`,
  }
}
