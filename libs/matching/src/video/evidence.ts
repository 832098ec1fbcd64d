import type { TorrentCandidate } from '@torrentino/domain'
import type { Stepwise } from '../in-turns.js'
import type { ParsedRelease } from '../release-name/parsed-release.js'
import { parseReleaseName } from '../release-name/video/parse-release-name.js'
import { mapEpisodes, type VideoMapping } from './files/map-episodes.js'
import { pickFilm } from './files/pick-film.js'
import { type Claim, claimOf } from './numbering.js'
import { titleAgreement } from './title-agreement.js'
import { titlesOf, type VideoWish } from './video-wish.js'

/** Everything that is known of one candidate before rules look at it. */
export interface VideoEvidence {
  wish: VideoWish
  candidate: TorrentCandidate
  release: ParsedRelease
  /** 0..1: how well the name fits the title of the film or show. */
  title: number
  /** What the name says to hold, where episodes are wanted. */
  claim?: Claim
  /** Present where the file list is known. */
  files?: VideoMapping
}

export function* gatherVideo(wish: VideoWish, candidate: TorrentCandidate): Stepwise<VideoEvidence> {
  yield
  const release = parseReleaseName(candidate.title)
  const known = candidate.files !== undefined && candidate.files.length > 0 ? candidate.files : undefined
  const evidence: VideoEvidence = { ...readName(wish, candidate, release) }
  if (known) evidence.files = wish.kind === 'film' ? yield* pickFilm(wish, known) : yield* mapEpisodes(wish, release, known)
  return evidence
}

export function readName(wish: VideoWish, candidate: TorrentCandidate, release: ParsedRelease): VideoEvidence {
  const { title: name, aliases, year, country } = release
  // Years and countries belong to some titles: Blade Runner 2049.
  const more = [year, country].flatMap((part) => (part === undefined ? [] : `${name} ${part}`))
  const title = titleAgreement(titlesOf(wish), [name, ...more, ...aliases])
  return { wish, candidate, release, title, ...(wish.kind === 'episodes' ? { claim: claimOf(wish, release) } : {}) }
}
