import type { TorrentCandidate } from '@torrentino/domain'
import type { FileMapping } from '../files/map-files.js'
import type { MatchRequest } from '../match-request.js'
import type { NameMatch } from '../title/match-names.js'
import type { TitleFacts } from '../title/read-title.js'

/** Everything that is known of one candidate before rules look at it. */
export interface Evidence {
  request: MatchRequest
  candidate: TorrentCandidate
  title: TitleFacts
  names: NameMatch
  /** Present where the file list is known. */
  files?: FileMapping
}

export interface Verdict {
  code: string
  /** Added to the score; the points of a perfect candidate sum up to 1. */
  points: number
  /** A sentence for the human who decides. */
  text: string
  /** The candidate is out of the question, whatever speaks for it. */
  reject?: true
}

/** What it looks at differs by kind of content: music has its own evidence, films and episodes theirs. */
export type Rule<E = Evidence> = (evidence: E) => Verdict | undefined

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** 0 up to `low`, 1 from `high`, straight between: halfway similar names are mostly other names. */
export function ramp(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}
