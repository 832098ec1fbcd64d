import type { ScoredCandidate, TrackMapping } from '@torrentino/domain'
import { decideVideo } from '../../video/decide-video.js'
import { judgeVideo } from '../../video/score-video.js'
import type { Offer } from '../eval-case.js'
import { type Judged, NOW, THRESHOLD } from '../measure.js'
import type { VideoCase } from './video-case.js'

/** Each case through the product's own judging and deciding, to be measured as those of music are. */
export async function judgeVideoCases(cases: readonly VideoCase[]): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const one of cases) judged.push(await judgeCase(one))
  return judged
}

async function judgeCase({ kind, name, wish, offers }: VideoCase): Promise<Judged> {
  const offerOf = new Map(offers.map((offer) => [offer.candidate.info_hash, offer]))
  const candidates = offers.map(({ candidate }) => candidate)
  const scored = await judgeVideo(wish, candidates, {
    async withFiles(candidate) {
      const offer = offerOf.get(candidate.info_hash)
      if (!offer?.fetchable) return candidate
      return { ...candidate, files: offer.files.map(({ path, size_bytes }) => ({ path, size_bytes })) }
    },
  })
  const decision = decideVideo(wish, scored, { autoApproveThreshold: THRESHOLD, now: NOW })
  const best = scored[decision.recommendedIdx]
  const offer = offers[decision.recommendedIdx]
  return {
    kind,
    name,
    solvable: offers.some(({ right }) => right),
    decision,
    right: offer?.right === true && wrongOnes(best?.track_mapping ?? [], offer).length === 0,
    mapping: mappingOf(wish, scored, offers),
    ...(best ? { best } : {}),
  }
}

/** Over the right offers whose files were seen. */
function mappingOf(wish: VideoCase['wish'], scored: readonly ScoredCandidate[], offers: readonly Offer[]): Judged['mapping'] {
  const sum = { right: 0, wrong: 0, missing: 0 }
  for (const [index, offer] of offers.entries()) {
    const { torrent, track_mapping } = scored[index] as ScoredCandidate
    if (!offer.right || !torrent.files) continue
    const wrong = wrongOnes(track_mapping, offer).length
    const there = new Set(offer.files.flatMap(({ is }) => is?.split('+') ?? [])).size
    sum.wrong += wrong
    sum.right += track_mapping.length - wrong
    sum.missing += Math.max(0, Math.min(there, wantedCount(wish)) - track_mapping.length)
  }
  return sum
}

function wantedCount(wish: VideoCase['wish']): number {
  return wish.kind === 'film' ? 1 : wish.episodes.length
}

function wrongOnes(mapping: readonly TrackMapping[], offer: Offer): TrackMapping[] {
  return mapping.filter(({ torrent_file_path, catalog_track_id }) => {
    const is = offer.files.find(({ path }) => path === torrent_file_path)?.is
    return !is?.split('+').includes(catalog_track_id)
  })
}
