import type { ScoredCandidate, TrackMapping } from '@torrentino/domain'
import type { MatchDecision } from '../decide-match.js'
import { judgeCandidates } from '../judge.js'
import { consultModel } from '../llm/consult-model.js'
import { type Ask, verdictOf } from '../llm/index.js'
import type { EvalCase, Offer } from './eval-case.js'

export const NOW = new Date('2026-01-01T00:00:00Z')
export const THRESHOLD = 0.85

export interface Judged {
  kind: string
  name: string
  solvable: boolean
  decision: MatchDecision
  /** The recommended candidate is a right one, and none of its files is taken for a track that it is not. */
  right: boolean
  mapping: { right: number; wrong: number; missing: number }
  best?: ScoredCandidate
}

/** Each case through the product's own judging and deciding, with a model where one is given. */
export async function judgeCases(cases: readonly EvalCase[], modelFor?: (one: EvalCase) => Ask): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const one of cases) judged.push(await judgeCase(one, modelFor?.(one)))
  return judged
}

/** The rules say the same each time, also where several models are asked after them. */
const byRules = new WeakMap<EvalCase, ScoredCandidate[]>()

async function judgeByRules(one: EvalCase): Promise<ScoredCandidate[]> {
  const offerOf = new Map(one.offers.map((offer) => [offer.candidate.info_hash, offer]))
  const candidates = one.offers.map(({ candidate }) => candidate)
  const scored = await judgeCandidates(one.request, candidates, {
    async withFiles(candidate) {
      const offer = offerOf.get(candidate.info_hash)
      if (!offer?.fetchable) return candidate
      return { ...candidate, files: offer.files.map(({ path, size_bytes }) => ({ path, size_bytes })) }
    },
  })
  byRules.set(one, scored)
  return scored
}

async function judgeCase(one: EvalCase, ask: Ask | undefined): Promise<Judged> {
  const { kind, name, request, offers } = one
  const plain = byRules.get(one) ?? (await judgeByRules(one))
  const said = ask && (await consultModel(ask, request, plain, { autoApproveThreshold: THRESHOLD, now: NOW }))
  const { scored, decision } = verdictOf(request, { plain, ...(said && { said }) }, { rules: THRESHOLD, model: THRESHOLD }, NOW)
  const best = scored[decision.recommendedIdx]
  const offer = offers[decision.recommendedIdx]
  return {
    kind,
    name,
    solvable: offers.some(({ right }) => right),
    decision,
    right: offer?.right === true && wrongOnes(best?.track_mapping ?? [], offer).length === 0,
    mapping: mappingOf(
      scored,
      offers,
      request.tracks.filter((track) => track.requested).map((track) => track.catalog_track_id),
    ),
    ...(best ? { best } : {}),
  }
}

function wrongOnes(mapping: readonly TrackMapping[], offer: Offer): TrackMapping[] {
  return mapping.filter((entry) => offer.files.find(({ path }) => path === entry.torrent_file_path)?.is !== entry.catalog_track_id)
}

/** Over the right candidates whose files were seen: how many of the tracks that are there got their file. */
function mappingOf(scored: readonly ScoredCandidate[], offers: readonly Offer[], wanted: string[]): Judged['mapping'] {
  const sum = { right: 0, wrong: 0, missing: 0 }
  for (const [index, offer] of offers.entries()) {
    const { torrent, track_mapping } = scored[index] as ScoredCandidate
    if (!offer.right || !torrent.files) continue
    const there = wanted.filter((id) => offer.files.some(({ is }) => is === id))
    const wrong = wrongOnes(track_mapping, offer).length
    const right = track_mapping.length - wrong
    sum.right += right
    sum.wrong += wrong
    sum.missing += Math.max(0, there.length - right - wrong)
  }
  return sum
}

export interface Measures {
  cases: number
  solvable: number
  approved: number
  approvedRight: number
  /** Of what was approved without asking, the share that was right. */
  precision: number
  /** Of the cases that can be solved, the share that was rightly approved without asking. */
  coverage: number
  /** Of the cases that can be solved, the share with a right candidate at first place. */
  firstPlace: number
  /** What was told to be as certain as what nobody is asked about, and the share of it that was right. */
  told: { matches: number; right: number; share: number }
  mappingAccuracy: number
  wrongMappings: number
  bins: { from: number; to: number; matches: number; right: number }[]
}

const BINS = [0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.001]

export function measure(judged: readonly Judged[]): Measures {
  const solvable = judged.filter((one) => one.solvable)
  const approved = judged.filter(({ decision }) => decision.kind === 'sure')
  const approvedRight = approved.filter(({ right }) => right)
  const tracks = judged.reduce((sum, { mapping }) => sum + mapping.right + mapping.wrong + mapping.missing, 0)
  const total = (key: keyof Judged['mapping']) => judged.reduce((sum, { mapping }) => sum + mapping[key], 0)
  return {
    cases: judged.length,
    solvable: solvable.length,
    approved: approved.length,
    approvedRight: approvedRight.length,
    precision: share(approvedRight.length, approved.length),
    coverage: share(approvedRight.length, solvable.length),
    firstPlace: share(solvable.filter(({ right }) => right).length, solvable.length),
    told: toldCertain(judged),
    mappingAccuracy: share(total('right'), tracks),
    wrongMappings: share(total('wrong'), tracks),
    bins: BINS.slice(0, -1).map((from, index) => binOf(judged, from, BINS[index + 1] as number)),
  }
}

function toldCertain(judged: readonly Judged[]): Measures['told'] {
  const certain = judged.filter(({ decision }) => decision.confidence >= THRESHOLD)
  const right = certain.filter((one) => one.right).length
  return { matches: certain.length, right, share: share(right, certain.length) }
}

function binOf(judged: readonly Judged[], from: number, to: number): Measures['bins'][number] {
  const matches = judged.filter(({ decision }) => decision.confidence >= from && decision.confidence < to)
  return { from, to: Math.min(1, to), matches: matches.length, right: matches.filter(({ right }) => right).length }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}
