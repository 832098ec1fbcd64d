import type { Bus } from '@torrentino/bus'
import { DomainError } from '@torrentino/domain'
import type { Identity } from '@torrentino/http'
import type { Config } from '@torrentino/runtime'
import type { TicketCounts, TicketQuota } from '@torrentino/store'

export interface CallerLimits {
  /** Throws where the caller has come too often. While Redis is away nobody is counted, and everybody let in. */
  admit(identity: Identity): Promise<void>
  /** Files a ticket of this user, within his quota if he has one. */
  withinQuota<T>(identity: Identity, file: (quota?: TicketQuota) => Promise<T>): Promise<T>
}

interface CallerLimitsDeps {
  limits: Config['limits']
  rates: Bus['rates']
  now(): Date
  onFault(error: unknown): void
}

type Most = Omit<Config['limits'], 'users'>

const PATIENCE_MS = 300
const DAY_MS = 86_400_000
const SOON_SECS = 60

export function createCallerLimits({ limits, rates, now, onFault }: CallerLimitsDeps): CallerLimits {
  const { users, ...common } = limits
  const own = new Map(users.map(({ user, ...most }) => [user, { ...common, ...most }]))
  const limitsOf = (userId: string): Most => own.get(userId) ?? common
  const lines = new Map<string, Promise<unknown>>()

  /** Those of one user one after the other: they wait for each other in the database, and would take its connections from all others. */
  async function inLine<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const mine = (lines.get(userId) ?? Promise.resolve()).then(work)
    const quiet = mine.catch(() => {})
    lines.set(userId, quiet)
    try {
      return await mine
    } finally {
      if (lines.get(userId) === quiet) lines.delete(userId)
    }
  }

  function check(found: TicketCounts, { open_tickets, tickets_per_day }: Most): void {
    if (open_tickets > 0 && found.open >= open_tickets)
      throw tooMany(`you have ${found.open} tickets under way, and may have ${open_tickets}`, SOON_SECS)
    if (tickets_per_day > 0 && found.filed >= tickets_per_day) {
      const freeAt = (found.oldest?.getTime() ?? now().getTime()) + DAY_MS
      throw tooMany(`you may file ${tickets_per_day} tickets within 24 hours`, Math.max(1, Math.ceil((freeAt - now().getTime()) / 1000)))
    }
  }

  return {
    async admit({ userId, method }) {
      const { requests_per_minute } = limitsOf(userId)
      if (requests_per_minute === 0) return
      const waitMs = await soon(rates.take(`${method}:${userId}`, requests_per_minute)).catch((error: unknown) => {
        onFault(error)
        return 0
      })
      if (waitMs > 0) throw tooMany(`you may make ${requests_per_minute} requests a minute`, Math.ceil(waitMs / 1000))
    },
    withinQuota(identity, file) {
      const most = limitsOf(identity.userId)
      if (identity.role === 'admin' || (most.open_tickets === 0 && most.tickets_per_day === 0)) return file()
      const quota = { since: new Date(now().getTime() - DAY_MS), check: (found: TicketCounts) => check(found, most) }
      return inLine(identity.userId, () => file(quota))
    },
  }
}

function tooMany(detail: string, retryAfterSecs: number): DomainError {
  return new DomainError('too_many_requests', detail, { retry_after_secs: retryAfterSecs })
}

/** A caller does not wait for Redis. */
function soon<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Redis takes too long')), PATIENCE_MS)
  })
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}
