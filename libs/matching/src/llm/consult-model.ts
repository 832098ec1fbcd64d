import type { ScoredCandidate } from '@torrentino/domain'
import { decideMatch } from '../decide-match.js'
import type { MatchRequest } from '../match-request.js'
import { type MatchQuestion, matchQuestion } from './match-question.js'
import { mergeMapping } from './merge-mapping.js'
import type { ModelAnswer } from './model-answer.js'
import type { Ask } from './question.js'

/** How far a model can move a score from where the rules put it. */
export const SWAY = 0.15
const LEAST_STEP = 0.0001

export interface Consulted {
  /** As the rules alone judge. */
  plain: ScoredCandidate[]
  /** With the model's word, within its bounds. */
  swayed: ScoredCandidate[]
  reasoning: string
}

/**
 * Asks a model about candidates of which the rules are not sure. Undefined: it was not asked, because the rules are sure, or none
 * of the candidates is in question. An error: it has nothing useful to say, the rules stand alone.
 */
export async function consultModel(
  ask: Ask,
  request: MatchRequest,
  plain: ScoredCandidate[],
  options: { autoApproveThreshold: number; now: Date },
): Promise<Consulted | { error: string } | undefined> {
  const { kind, reason } = decideMatch(request, plain, options)
  if (kind === 'sure' || reason?.type === 'no_exact_match') return undefined
  const asked = matchQuestion(request, plain)
  if (!asked) return undefined
  const answer = await ask(asked.question)
  if ('error' in answer) return answer
  return { plain, swayed: applyAnswer(request, plain, asked, answer.value), reasoning: answer.value.reasoning }
}

/** No candidate beyond its bounds, none that the rules rejected, no file that is not there. */
function applyAnswer(
  request: MatchRequest,
  plain: readonly ScoredCandidate[],
  asked: MatchQuestion,
  answer: ModelAnswer,
): ScoredCandidate[] {
  const said = new Map<number, Said>()
  for (const { id, score, why } of answer.scores) {
    const idx = asked.candidates.get(id)
    if (idx !== undefined && !said.has(idx)) said.set(idx, { score, why })
  }
  const scores = boundedScores(plain, said)
  const swayed = plain.map((candidate, idx) => withWord(candidate, scores[idx] ?? 0, said.get(idx)))
  const mapped = asked.files && swayed[asked.files.idx]
  if (asked.files && mapped) swayed[asked.files.idx] = { ...mapped, track_mapping: mergeMapping(request, mapped, asked, answer) }
  return swayed
}

interface Said {
  score: number
  why: string
}

/** What the rules put further apart than a model can move a score stays in its order, also where it lifts one and lowers the other. */
function boundedScores(plain: readonly ScoredCandidate[], said: ReadonlyMap<number, Said>): number[] {
  const swayed = plain.map(({ score }, idx) => (score === 0 ? 0 : bounded(score, said.get(idx)?.score ?? score)))
  return plain.map(({ score }, idx) => {
    const better = plain.flatMap((other, place) => (other.score - score > SWAY ? (swayed[place] ?? 1) - LEAST_STEP : []))
    return round(Math.min(swayed[idx] ?? 0, ...better))
  })
}

function bounded(score: number, said: number): number {
  return Math.min(1, score + SWAY, Math.max(LEAST_STEP, score - SWAY, said))
}

function withWord(candidate: ScoredCandidate, score: number, said: Said | undefined): ScoredCandidate {
  if (!said) return candidate
  const text = `the model says ${said.score.toFixed(2)}, the rules ${candidate.score.toFixed(2)}: ${said.why}`
  const reasons = [...candidate.reasons, { code: 'llm', points: round(score - candidate.score), text }]
  return { ...candidate, score, reasons, reasoning: `${candidate.reasoning} With the model ${score.toFixed(2)}: ${text}.` }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
