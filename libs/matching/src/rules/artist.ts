import { isVarious } from '../build-queries.js'
import { wordsOf } from '../text/plain-text.js'
import { withoutArticle } from '../title/name-forms.js'
import { type Evidence, percent, ramp, type Verdict } from './rule.js'

const POINTS = 0.35
const BY_FILES = 0.9
const MOST = 0.8

export function artistRule(evidence: Evidence): Verdict {
  const { request, names } = evidence
  const { artist } = request.search
  if (names.artist < BY_FILES && filesName(evidence)) return { code: 'artist', points: POINTS * BY_FILES, text: `the files name ${artist}` }
  const points = POINTS * ramp(names.artist, 0.5, 0.95)
  const text =
    names.artist >= 0.95
      ? `the title names ${artist}`
      : names.artist < 0.5
        ? `the title does not name ${artist}`
        : `the artist is ${percent(names.artist)} like ${artist}`
  return { code: 'artist', points, text }
}

/** In packs of several artists the folder or the file names the artist; where the title names another one, that stands. */
export function filesName({ request, title, files }: Evidence): boolean {
  const { artist } = title.parsed
  if (!files || files.mapping.length === 0 || !(artist === undefined || isVarious(artist) || title.discography)) return false
  const wanted = ` ${withoutArticle(wordsOf(request.search.artist)).join(' ')} `
  const naming = files.mapping.filter(({ torrent_file_path }) =>
    torrent_file_path
      .split('/')
      .slice(-3)
      .some((part) => ` ${wordsOf(part).join(' ')} `.includes(wanted)),
  )
  return naming.length >= MOST * files.mapping.length
}
