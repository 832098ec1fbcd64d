import { blockedBy, type ScoredCandidate, StageError, type Ticket, type TorrentCandidate, type Work, withoutHeld } from '@torrentino/domain'
import { type Judged, judgeWithModel, type MatchDecision, type MatchSettings, type Thresholds, verdictOf } from '@torrentino/matching'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import { getFilesOf, type Llm, openLlmSession, type TorrentSearcher } from '@torrentino/providers'
import type { Candidates, StoredCandidate } from '@torrentino/store'
import { type ModelWord, matchingAudit } from './match-audit.js'

export interface MatchDeps {
  candidates: Pick<Candidates, 'of'>
  searchers: TorrentSearcher[]
  thresholds: Thresholds
  /** Asked where the rules are not sure. */
  llm?: Llm
  settings?: MatchSettings
  /** How many bytes the cache warmer may still load. */
  room(): Promise<number>
}

/** The candidates by their stored index, judged by the rules. */
export interface MatchFacts {
  scored: ScoredCandidate[]
  /** What we have, with the mapping that was found with it. */
  fromCatalog?: boolean
  word?: ModelWord
  /** What is larger is not loaded. */
  room?: number
}

const SHOWN = 10

/** matching -> auto_approved, needs_approval, dry_run_complete or failed. */
export function createMatchStage(deps: MatchDeps): Stage<MatchFacts> {
  return {
    name: 'match',
    gather: (ticket, run) => judgeStored(withoutHeld(ticket), deps, run),
    decide: (ticket, facts, now) => decideMatching(withoutHeld(ticket), facts, deps.thresholds, now),
  }
}

async function judgeStored(ticket: Ticket, deps: MatchDeps, run: RunContext): Promise<MatchFacts> {
  const { signal } = run
  const stored = await deps.candidates.of(ticket.id, ticket.work.candidates_version ?? 0)
  if (stored.length === 0) throw new StageError('permanent', 'no_candidates', 'the search left no candidates; use force-search')
  if (ticket.work.from_catalog) return { scored: stored.map(asFound), fromCatalog: true }
  const torrents = stored.map((candidate) => candidate.torrent)
  // Nobody waits for what is only kept: no tokens are spent on it.
  const keeps = ticket.request.keep_only === true
  const session = keeps || !deps.llm ? undefined : openLlmSession(deps.llm, ticket, signal)
  const request = { ...ticket.request, ...deps.settings, ...(keeps && { prefer_discographies: true }) }
  const { plain, said } = await judgeWithModel(session && ((question) => session.ask(question)), request, torrents, {
    withFiles: (torrent) => withFiles(torrent, deps.searchers, signal),
    signal,
    thresholds: deps.thresholds,
    now: run.now(),
  })
  if (keeps) return { scored: plain, room: await deps.room() }
  if (!session || !said) return { scored: plain }
  const { provider, model } = session
  return { scored: plain, word: { provider, model, usage: session.usage(), spent: session.spent(), said } }
}

function asFound({ torrent, score, trackMapping, reasons }: StoredCandidate): ScoredCandidate {
  const reasoning = reasons.map(({ text }) => text).join('; ')
  return { torrent, score: score ?? 1, track_mapping: trackMapping, reasons, reasoning }
}

/** A list that cannot be had now is no reason to fail: the candidate is judged by its title, and again once its metadata is there. */
async function withFiles(torrent: TorrentCandidate, searchers: TorrentSearcher[], signal: AbortSignal): Promise<TorrentCandidate> {
  try {
    const found = await getFilesOf(searchers, torrent, { signal, once: true })
    if (!found) return torrent
    return {
      ...torrent,
      info_hash: found.infoHash,
      // Private trackers write torrents anew for each user: the announced magnet may be of another one.
      magnet_uri: found.magnetUri ?? (found.infoHash === torrent.info_hash ? torrent.magnet_uri : undefined),
      files: found.files.length > 0 ? found.files : undefined,
    }
  } catch (error) {
    if (error instanceof StageError && !signal.aborted) return torrent
    throw error
  }
}

export function decideMatching(ticket: Ticket, facts: MatchFacts, thresholds: Thresholds, now: Date): Outcome {
  const at = now.toISOString()
  if (facts.fromCatalog) return decideFromCatalog(facts.scored)
  const judged = { plain: facts.scored, ...(facts.word && { said: facts.word.said }) }
  const { scored } = verdictOf(ticket.request, judged, thresholds, now)
  const { recommendedIdx, confidence, ...decision } = decideOpen(ticket, judged, facts.room, thresholds, now)
  const spent = facts.word && { llm: facts.word.spent }
  const common = {
    kind: 'step' as const,
    scores: scored.map((candidate, idx) => ({
      idx,
      score: candidate.score,
      trackMapping: candidate.track_mapping,
      reasons: candidate.reasons,
      torrent: candidate.torrent,
    })),
    audit: matchingAudit({ scored, word: facts.word, selected: recommendedIdx, confidence }),
    ...(spent && { work: spent }),
  }
  const shown = { candidates_count: scored.length, recommended_idx: recommendedIdx, confidence }
  if (ticket.request.dry_run) return { ...common, type: 'match_previewed', state: { name: 'dry_run_complete', ...shown, completed_at: at } }
  if (decision.kind === 'sure')
    return {
      ...common,
      type: 'match_sure',
      state: { name: 'auto_approved', selected_idx: recommendedIdx, confidence },
      work: { ...spent, selected_idx: recommendedIdx },
    }
  const reason = decision.reason ?? { type: 'no_exact_match' as const }
  const summary = summaryOf(scored, ticket.work.blocklist)
  return {
    ...common,
    type: 'match_unsure',
    ...tooLarge(facts),
    state: { name: 'needs_approval', ...shown, reason, waiting_since: at },
    details: { candidates: summary },
    audit: [
      ...common.audit,
      { type: 'ApprovalRequested', payload: { reason, candidates: summary.map(({ idx, title, score }) => ({ idx, title, score })) } },
    ],
  }
}

/**
 * What failed this ticket before, or does not fit, is shown with the others, and left to a human: where nothing else is left he is
 * asked about that.
 */
function decideOpen(ticket: Ticket, judged: Judged, room: number | undefined, thresholds: Thresholds, now: Date): MatchDecision {
  const isOpen = ({ torrent }: ScoredCandidate) => !blockedBy(ticket.work.blocklist, torrent) && fits(torrent, room)
  const open = judged.plain.flatMap((candidate, idx) => (isOpen(candidate) ? [idx] : []))
  const decide = (some: Judged) => verdictOf(ticket.request, some, thresholds, now).decision
  if (open.length === judged.plain.length) return decide(judged)
  if (open.length === 0) return { ...decide(judged), kind: 'unsure', confidence: 0, reason: { type: 'no_exact_match' } }
  const decision = decide(onlyOf(judged, open))
  return { ...decision, recommendedIdx: open[decision.recommendedIdx] ?? -1 }
}

/** One that does not tell its size may be of any. */
function fits({ size_bytes }: TorrentCandidate, room: number | undefined): boolean {
  return room === undefined || (size_bytes > 0 && size_bytes <= room)
}

function tooLarge({ scored, room }: MatchFacts): { reason?: string } {
  const misfits = scored.filter(({ torrent }) => !fits(torrent, room)).length
  if (misfits === 0) return {}
  return {
    reason: `${misfits} of ${scored.length} candidates do not fit in what is left of the storage budget, and no other is sure enough`,
  }
}

function onlyOf({ plain, said }: Judged, open: readonly number[]): Judged {
  const pick = (scored: readonly ScoredCandidate[]) => open.flatMap((idx) => scored[idx] ?? [])
  if (!said || 'error' in said) return { plain: pick(plain), ...(said && { said }) }
  return { plain: pick(plain), said: { ...said, plain: pick(said.plain), swayed: pick(said.swayed) } }
}

/** Mapped and confirmed before, or found by the rules that would judge it here: nobody has to be asked. */
function decideFromCatalog(scored: ScoredCandidate[]): Outcome {
  const confidence = scored[0]?.score ?? 0
  return {
    kind: 'step',
    type: 'match_sure',
    state: { name: 'auto_approved', selected_idx: 0, confidence },
    work: { selected_idx: 0 },
    details: { source: 'catalog', info_hash: scored[0]?.torrent.info_hash },
    audit: matchingAudit({ scored, word: undefined, selected: 0, confidence, matcher: 'catalog' }),
  }
}

function summaryOf(scored: ScoredCandidate[], blocklist: Work['blocklist']) {
  return scored
    .map(({ torrent, score }, idx) => {
      const blocked = blockedBy(blocklist, torrent)?.reason
      const { title, seeders, size_bytes } = torrent
      return { idx, title, score, seeders, size_bytes, ...(blocked !== undefined && { blocked }) }
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
}
