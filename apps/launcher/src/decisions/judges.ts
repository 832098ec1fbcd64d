import { setTimeout as delay } from 'node:timers/promises'
import type { ScoredCandidate, TorrentCandidate } from '@torrentino/domain'
import { judgeWithModel, type MatchDecision, type MatchRequest, type MatchSettings, type Thresholds, verdictOf } from '@torrentino/matching'
import { configuredLlm, type Llm, type LlmShared, openLlmSession } from '@torrentino/providers'
import { type Config, createHttpClient } from '@torrentino/runtime'
import { UserError } from '../user-error.js'

export interface Opinion {
  scored: ScoredCandidate[]
  decision: MatchDecision
  /** Present where a model was asked: what it cost, and why its word does not count. */
  model?: { tokens: number; error: string | null }
}

/** A matcher under test; it asks nobody for lists of files. */
export type Judge = (request: MatchRequest, candidates: TorrentCandidate[], at: Date) => Promise<Opinion>

export interface OpenJudge {
  judge: Judge
  close(): void
}

/** The rules of this version, and with `llm` the configured model where they are not sure, whatever matcher is configured. */
export function openJudge(matcher: 'dumb' | 'llm', config: Pick<Config, 'matcher'>): OpenJudge {
  const { auto_approve_threshold: rules, prefer_discographies, music_quality_limit, llm } = config.matcher
  const thresholds = { rules, model: llm.auto_approve_threshold ?? rules }
  const settings = { thresholds, wishes: { prefer_discographies, music_quality_limit } }
  if (matcher === 'dumb') return { judge: judgeOf(settings, undefined), close: () => {} }
  const http = createHttpClient()
  const model = configuredLlm({ matcher: { ...config.matcher, type: 'llm' } }, http, ownState())
  if (model === undefined) throw new UserError('there is no model to ask: set MATCHER_LLM_PROVIDER and MATCHER_LLM_MODEL')
  return { judge: judgeOf(settings, model), close: () => http.close() }
}

function judgeOf({ thresholds, wishes }: { thresholds: Thresholds; wishes: MatchSettings }, llm: Llm | undefined): Judge {
  return async (wanted, candidates, now) => {
    const request = { ...wanted, ...wishes }
    const session = llm && openLlmSession(llm, { id: 'replayed', work: {} }, new AbortController().signal)
    const judged = await judgeWithModel(session && ((question) => session.ask(question)), request, candidates, {
      withFiles: async (candidate) => candidate,
      thresholds,
      now,
    })
    const opinion = verdictOf(request, judged, thresholds, now)
    if (!session || !judged.said) return opinion
    return { ...opinion, model: { tokens: session.spent().tokens, error: 'error' in judged.said ? judged.said.error : null } }
  }
}

/** Requests per minute, and pauses after failures, of this tool alone: it runs without Redis. Each decision has a budget of its own. */
function ownState(): LlmShared {
  let next = 0
  let pausedUntil: number | null = null
  return {
    tallies: { add: async (_name, by, known) => ({ tokens: known.tokens + by.tokens, ms: known.ms + by.ms }) },
    limits: {
      async waitFor(_name, { places, maxWaitMs, signal }) {
        const now = performance.now()
        const waitMs = Math.max(0, next - now)
        if (waitMs > maxWaitMs) return { waitMs }
        next = Math.max(now, next) + 60_000 / places
        await delay(waitMs, undefined, { signal })
        return { end: async () => {} }
      },
    },
    ladders: {
      look: async () => ({ now: Date.now(), pausedUntil }),
      climb: async (_name, { atLeastMs = 0, stepsMs }) => {
        pausedUntil = Date.now() + Math.max(atLeastMs, stepsMs[0] ?? 0)
      },
      stepDown: async () => {
        pausedUntil = null
      },
    },
  }
}
