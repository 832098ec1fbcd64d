import type { CoverSourceDeps, CoverWish } from '../cover-source.js'
import { sameName } from '../same-record.js'
import { failed, getJson } from '../source-request.js'
import { Release, ReleaseList } from './schema.js'

export interface RecordIds {
  release?: string
  group?: string
}

const LEAST_SCORE = 85
const SHOWN = 10

/** MusicBrainz's name for the record, or nothing where none of its answers is surely it. */
export async function findRelease(origin: string, wish: CoverWish, signal: AbortSignal, deps: CoverSourceDeps): Promise<RecordIds> {
  if (wish.album === undefined) return {}
  const query = `artist:"${escaped(wish.artist)}" AND release:"${escaped(wish.album)}"`
  const params = new URLSearchParams({ query, fmt: 'json', limit: String(SHOWN) })
  const answer = await getJson(`${origin}/ws/2/release/?${params}`, { source: 'musicbrainz', limit: 'musicbrainz', signal }, deps)
  if (answer === null) return {}
  const list = ReleaseList.safeParse(answer)
  if (!list.success) throw failed('musicbrainz', 'gave an answer of an unknown shape')
  const found = list.data.releases.flatMap((entry) => Release.safeParse(entry).data ?? []).find((release) => isIt(release, wish))
  return { release: found?.id, group: found?.['release-group']?.id }
}

function isIt({ score, title, 'artist-credit': credit }: Release, { artist, album = '' }: CoverWish): boolean {
  const credited = credit.map(({ name }) => name)
  return score >= LEAST_SCORE && sameName(title, album) && [...credited, credited.join('')].some((name) => sameName(name, artist))
}

/** Within quotes only these two mean anything to its search. */
function escaped(text: string): string {
  return text.replace(/["\\]/g, '\\$&')
}
