import type { ScoredCandidate, TorrentCandidate } from '@torrentino/domain'
import { decideMatch, type MatchDecision } from '../decide-match.js'
import { type JudgeOptions, judgeCandidates } from '../judge.js'
import type { MatchRequest } from '../match-request.js'
import { type Consulted, consultModel } from './consult-model.js'
import { decideConsulted } from './decide-consulted.js'
import type { Ask } from './question.js'

/** From this score on nobody is asked: where the rules judge alone, and where a model's word was used. */
export interface Thresholds {
  rules: number
  model: number
}

export interface Judged {
  /** By the rules, in the order of the candidates. */
  plain: ScoredCandidate[]
  /** Absent where no model was asked. */
  said?: Consulted | { error: string }
}

/** By the rules, and where they are not sure by a model, if there is one. */
export async function judgeWithModel(
  ask: Ask | undefined,
  request: MatchRequest,
  candidates: readonly TorrentCandidate[],
  options: JudgeOptions & { thresholds: Thresholds; now: Date },
): Promise<Judged> {
  const plain = await judgeCandidates(request, candidates, options)
  const said = ask && (await consultModel(ask, request, plain, { autoApproveThreshold: options.thresholds.rules, now: options.now }))
  return { plain, ...(said && { said }) }
}

/** What follows, with the scores that count. A model that has nothing useful to say changes nothing. */
export function verdictOf(
  request: MatchRequest,
  { plain, said }: Judged,
  thresholds: Thresholds,
  now: Date,
): { scored: ScoredCandidate[]; decision: MatchDecision } {
  if (!said || 'error' in said)
    return { scored: plain, decision: decideMatch(request, plain, { autoApproveThreshold: thresholds.rules, now }) }
  return { scored: said.swayed, decision: decideConsulted(request, said, { autoApproveThreshold: thresholds.model, now }) }
}
