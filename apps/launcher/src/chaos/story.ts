import type { World } from './world.js'

const MOST_HAPPENINGS = 60
const MOST_LINES = 120
const LONGEST = 400

/** All that is known of a ticket, and what was done to the system meanwhile. */
export async function storyOf({ it, chronicle }: World, ticketId: string): Promise<string> {
  const [ticket, history, items, { entries }] = await Promise.all([
    it.store.tickets.find(ticketId),
    it.store.steps.history(ticketId),
    it.store.items.of(ticketId),
    it.store.audit.list({ ticketId, limit: 1000, order: 'oldest' }),
  ])
  const time = (at: string) => chronicle.time(Date.parse(at))
  const begin = Date.parse(history[0]?.at ?? '')
  const end = Math.max(Date.parse(history.at(-1)?.at ?? ''), begin)
  const near = chronicle.near(begin, end + 30_000).filter(({ text }) => !isOfAnother(text, ticketId))
  const { stage, stageVersion, version, attempts, crashes, dueAt, lastError } = ticket ?? {}
  return [
    `ticket ${ticketId} ${JSON.stringify({ stage, stageVersion, version, attempts, crashes, dueAt, lastError })}`,
    ...history.map(({ at, version: nr, cause, to, actor, reason, details }) =>
      line(`${time(at)}  ${nr} ${cause} -> ${to} by ${actor} ${reason ?? ''} ${JSON.stringify(details)}`),
    ),
    '  items',
    ...items.map((item) => line(JSON.stringify(item))),
    '  audit',
    ...entries.map(({ at, event_type, actor, payload }) => line(`${time(at)}  ${event_type} by ${actor} ${JSON.stringify(payload)}`)),
    '  what was done meanwhile',
    ...near.slice(-MOST_HAPPENINGS).map((happening) => line(chronicle.told(happening))),
    '  what was said of it',
    ...chronicle.lines
      .filter(({ text }) => text.includes(ticketId))
      .slice(-MOST_LINES)
      .map(({ at, text }) => line(`${chronicle.time(at)}  ${text}`)),
  ].join('\n')
}

function line(text: string): string {
  return `    ${text.slice(0, LONGEST)}`
}

function isOfAnother(text: string, ticketId: string): boolean {
  return / of [0-9a-f]{8}-/.test(text) && !text.includes(ticketId)
}
