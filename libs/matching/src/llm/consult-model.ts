import type { ScoredCandidate } from '@torrentino/domain'
import { decideMatch } from '../decide-match.js'
import type { MatchRequest } from '../match-request.js'
import { type MatchQuestion, matchQuestion } from './match-question.js'
import { mergeMapping } from './merge-mapping.js'
import type { ModelAnswer } from './model-answer.js'
import type { Ask } from './question.js'

/** How far a model can move a score from where the rules put it. */
export const SWAY = 0.15

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
  const swayed = [...plain]
  const seen = new Set<number>()
  for (const { id, score, why } of answer.scores) {
    const idx = asked.candidates.get(id)
    const candidate = idx === undefined ? undefined : plain[idx]
    if (idx === undefined || !candidate || candidate.score === 0 || seen.has(idx)) continue
    seen.add(idx)
    swayed[idx] = swayedBy(candidate, score, why)
  }
  const mapped = asked.files && swayed[asked.files.idx]
  if (asked.files && mapped) swayed[asked.files.idx] = { ...mapped, track_mapping: mergeMapping(request, mapped, asked, answer) }
  return swayed
}

function swayedBy(candidate: ScoredCandidate, said: number, why: string): ScoredCandidate {
  const score = round(Math.min(1, Math.max(0.01, Math.min(candidate.score + SWAY, Math.max(candidate.score - SWAY, said)))))
  const text = `the model says ${said.toFixed(2)}, the rules ${candidate.score.toFixed(2)}: ${why}`
  const reasons = [...candidate.reasons, { code: 'llm', points: round(score - candidate.score), text }]
  return { ...candidate, score, reasons, reasoning: `${candidate.reasoning} With the model ${score.toFixed(2)}: ${text}.` }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
