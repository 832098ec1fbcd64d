import { LlmError } from './llm-error.js'

/** What a ticket has cost so far, over all its stages and runs. */
export interface LlmSpent {
  tokens: number
  ms: number
}

/** What tickets have cost, counted where all processes see it. */
export interface LlmTally {
  /** Adds to it, also less than nothing, and gives the sum; where it was lost, it begins with what is known here. */
  add(ticketId: string, cost: LlmSpent, known: LlmSpent): Promise<LlmSpent>
}

export interface LlmTicket {
  id: string
  /** What its steps so far have written down. */
  work: { llm?: LlmSpent }
}

/** Who is killed over a question has cost its ticket this much time too much at most. */
const SLICE_MS = 5000

/**
 * What is left of a ticket's tokens and time. Both are counted before they are spent, and put right afterwards: runs that are killed,
 * repeated or under way elsewhere cannot spend the same twice.
 */
export class TicketBudget {
  readonly #spent: LlmSpent
  #tokensHeld = 0
  #began = 0
  /** Of the present question's time, what is counted already. */
  #msHeld = 0
  #ahead: NodeJS.Timeout | undefined

  constructor(
    readonly provider: string,
    readonly limits: { maxTokensPerTicket: number; maxSecsPerTicket: number },
    readonly tally: LlmTally,
    readonly ticket: LlmTicket,
  ) {
    this.#spent = { ...(ticket.work.llm ?? { tokens: 0, ms: 0 }) }
  }

  spent(): LlmSpent {
    return { tokens: this.#spent.tokens, ms: Math.round(this.#spent.ms) }
  }

  tokensLeft(): number {
    return this.limits.maxTokensPerTicket - this.#spent.tokens
  }

  msLeft(): number {
    return this.limits.maxSecsPerTicket * 1000 - this.#spent.ms - (performance.now() - this.#began)
  }

  /** A question begins; its time runs. */
  startClock(): void {
    this.#began = performance.now()
    this.#ahead = setInterval(() => void this.#holdTime().catch(() => {}), SLICE_MS)
  }

  /** Learns what other runs have spent. */
  async look(): Promise<void> {
    const { tokens, ms } = await this.#holdTime()
    this.#spent.tokens = tokens
    this.#spent.ms = ms - this.#msHeld
  }

  stopClock(): void {
    clearInterval(this.#ahead)
    const ms = performance.now() - this.#began
    void this.#add({ tokens: 0, ms: ms - this.#msHeld }).catch(() => {})
    this.#msHeld = 0
    this.#spent.ms += ms
  }

  /** Before a request: the most that it may cost. */
  async reserve(tokens: number): Promise<void> {
    const sum = this.#add({ tokens, ms: 0 })
    this.#tokensHeld = tokens
    this.#spent.tokens = (await sum).tokens - tokens
    if (this.tokensLeft() >= tokens) return
    this.settle(0)
    throw this.usedUp()
  }

  /** After it: what it has cost. */
  settle(tokens: number): void {
    void this.#add({ tokens: tokens - this.#tokensHeld, ms: 0 }).catch(() => {})
    this.#tokensHeld = 0
    this.#spent.tokens += tokens
  }

  usedUp(): LlmError {
    return new LlmError('budget', `${this.provider}: the tokens for one ticket are used up`)
  }

  #holdTime(): Promise<LlmSpent> {
    const sum = this.#add({ tokens: 0, ms: SLICE_MS })
    this.#msHeld += SLICE_MS
    return sum
  }

  #add(cost: LlmSpent): Promise<LlmSpent> {
    const known = { tokens: this.#spent.tokens + this.#tokensHeld, ms: Math.round(this.#spent.ms + this.#msHeld) }
    return this.tally.add(this.ticket.id, { ...cost, ms: Math.round(cost.ms) }, known).catch(() => {
      throw new LlmError('budget', `${this.provider}: what the ticket has cost cannot be counted now`)
    })
  }
}
