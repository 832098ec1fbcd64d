import type { Choice, Replayed } from './replay.js'

export interface Summary {
  tickets: number
  decisions: number
  changed: number
  human_verdicts: number
  was_right: number
  is_right: number
  /** Decisions on which a model was asked, without a useful answer, and what all of it cost. */
  model_asked: number
  model_errors: number
  model_tokens: number
  unreadable: number
}

/** Counts as decisions come; of those that are past it keeps no more than the ticket's id. */
export function createSummary(): { add(row: Replayed): void; unreadable(): void; value(): Summary } {
  const sum = {
    decisions: 0,
    changed: 0,
    human_verdicts: 0,
    was_right: 0,
    is_right: 0,
    model_asked: 0,
    model_errors: 0,
    model_tokens: 0,
    unreadable: 0,
  }
  const tickets = new Set<string>()
  return {
    add({ ticket_id, changed, was_right, is_right, model }) {
      tickets.add(ticket_id)
      sum.decisions += 1
      if (changed) sum.changed += 1
      if (is_right !== null) sum.human_verdicts += 1
      if (was_right) sum.was_right += 1
      if (is_right) sum.is_right += 1
      if (!model) return
      sum.model_asked += 1
      sum.model_tokens += model.tokens
      if (model.error !== null) sum.model_errors += 1
    },
    unreadable() {
      sum.unreadable += 1
    },
    value: () => ({ tickets: tickets.size, ...sum }),
  }
}

export function textOf({ ticket_id, decided_at, wanted, was, now, verdict, is_right }: Replayed): string {
  const said = verdict.type === 'none' ? '' : `\n  a person said: ${verdict.type}${verdict.type === 'approved' ? ` #${verdict.idx}` : ''}`
  const agrees = is_right === null ? '' : is_right ? ', with which the new one agrees' : ', with which the new one does not agree'
  return `${decided_at} ${ticket_id} ${wanted}\n  was: ${choiceText(was)}\n  now: ${choiceText(now)}${said}${agrees}`
}

function choiceText({ kind, idx, title, score, reason }: Choice): string {
  const chosen = idx === null ? 'nothing' : `#${idx} "${title}"`
  return `${kind}, ${score.toFixed(2)}, ${chosen}${reason === null ? '' : ` (${reason})`}`
}

export function summaryText(sum: Summary): string {
  const skipped = sum.unreadable === 0 ? '' : ` ${sum.unreadable} could not be read.`
  const asked =
    sum.model_asked === 0
      ? ''
      : ` The model was asked ${sum.model_asked} times, ${sum.model_errors} in vain, for ${sum.model_tokens} tokens.`
  return `${sum.tickets} tickets, ${sum.decisions} decisions, ${sum.changed} would change. Of ${sum.human_verdicts} human verdicts the old decisions agree with ${sum.was_right}, the present matcher with ${sum.is_right}.${asked}${skipped}`
}
