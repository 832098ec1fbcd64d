import type { AuditEvent, ScoredCandidate } from '@torrentino/domain'
import type { Consulted } from '@torrentino/matching'
import type { LlmSpent, LlmUsage } from '@torrentino/providers'

/** What a model said about the candidates, or why it said nothing useful. */
export interface ModelWord {
  provider: string
  model: string
  usage: LlmUsage
  /** With what the search's questions cost. */
  spent: LlmSpent
  said: Consulted | { error: string }
}

interface Matched {
  scored: ScoredCandidate[]
  word: ModelWord | undefined
  selected: number
  confidence: number
  /** Where neither rules nor a model judged here. */
  matcher?: 'catalog'
}

export function matchingAudit({ scored, word, selected, confidence, matcher }: Matched): AuditEvent[] {
  const matcher_type = matcher ?? (word && !('error' in word.said) ? 'llm' : 'dumb')
  return [
    { type: 'MatchingStarted', payload: { candidates_count: scored.length, matcher_type } },
    {
      type: 'MatchingCompleted',
      payload: {
        matcher_type,
        ...(word && modelPayload(word)),
        candidates_scored: scored.map(({ torrent, score, reasons, track_mapping }, idx) => ({
          idx,
          title: torrent.title,
          indexer: torrent.indexer,
          info_hash: torrent.info_hash ?? null,
          score,
          reasons,
          track_mapping,
        })),
        selected_idx: selected,
        confidence,
        reasoning: reasoningOf(scored[selected], word),
      },
    },
  ]
}

function modelPayload({ provider, model, usage, said }: ModelWord) {
  return {
    llm_provider: provider,
    llm_model: model,
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    ...('error' in said && { llm_error: said.error }),
  }
}

function reasoningOf(selected: ScoredCandidate | undefined, word: ModelWord | undefined): string {
  const rules = selected?.reasoning ?? ''
  return word && !('error' in word.said) ? `${rules}\nThe model: ${word.said.reasoning}` : rules
}
