import { requestedItems, type ScoredCandidate, type TrackMapping } from '@torrentino/domain'
import { numberAgreement } from '../files/pair-score.js'
import type { AudioFile } from '../files/read-audio-file.js'
import type { MatchRequest } from '../match-request.js'
import type { MatchQuestion } from './match-question.js'
import type { ModelAnswer } from './model-answer.js'

/** From here on the rules' own pair stands, whatever a model says. */
const KEPT = 0.7
/** The most that a model's word for a pair is worth, by what else speaks for it. */
const BY_NUMBER_IN_OTHER_SCRIPT = 0.8
const BY_NUMBER = 0.6
const LEAST = 0.5

/**
 * Files for tracks that the rules could not place. A model's pair needs the number of the track to agree: without it, or against
 * it, its word alone is not enough. Each file serves once, and only files that are there.
 */
export function mergeMapping(
  request: MatchRequest,
  { track_mapping }: ScoredCandidate,
  { tracks, files }: MatchQuestion,
  answer: ModelAnswer,
): TrackMapping[] {
  const items = new Map(requestedItems(request).map((item) => [item.id, item]))
  const pairs = answer.mapping.flatMap(({ track, file, confidence }): TrackMapping[] => {
    const item = items.get(tracks.get(track) ?? '')
    const audio = files?.audio.get(file)
    if (!item || !audio) return []
    const worth = Math.min(confidence, supportOf(item, audio))
    return worth < LEAST ? [] : [{ catalog_track_id: item.id, torrent_file_path: audio.path, confidence: worth }]
  })
  const kept = track_mapping.filter(({ confidence }) => confidence >= KEPT)
  const others = [...track_mapping.filter(({ confidence }) => confidence < KEPT), ...pairs].sort((a, b) => b.confidence - a.confidence)
  const chosen = oneToOne([...kept, ...others])
  return [...items.keys()].flatMap((id) => chosen.get(id) ?? [])
}

function oneToOne(pairs: TrackMapping[]): Map<string, TrackMapping> {
  const chosen = new Map<string, TrackMapping>()
  const used = new Set<string>()
  for (const pair of pairs) {
    if (chosen.has(pair.catalog_track_id) || used.has(pair.torrent_file_path)) continue
    chosen.set(pair.catalog_track_id, pair)
    used.add(pair.torrent_file_path)
  }
  return chosen
}

type Item = ReturnType<typeof requestedItems>[number]

/** Names in one script that are not alike were seen by the rules already; names in two scripts are what they cannot compare. */
function supportOf(item: Item, file: AudioFile): number {
  if (numberAgreement({ item }, file) < 1) return 0
  return file.titles.length === 0 || isLatin(item.name) !== isLatin(file.titles.flat().join(' ')) ? BY_NUMBER_IN_OTHER_SCRIPT : BY_NUMBER
}

function isLatin(text: string): boolean {
  return /\p{Script=Latin}/u.test(text)
}
