import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, redactText } from '@torrentino/runtime'
import { LlmError } from './llm-error.js'
import type { LlmHealth } from './llm-health.js'
import type { LlmProvider, LlmRequest, LlmUsage } from './llm-provider.js'
import { readAnswer } from './read-answer.js'
import { type LlmSpent, type LlmTally, type LlmTicket, TicketBudget } from './ticket-budget.js'
import { largestPrompt } from './token-bound.js'
import { within } from './within.js'

export interface LlmLimits {
  /** One request; the first of a server that must load its model may take what is left of the ticket's time. */
  timeoutSecs: number
  maxTokensPerTicket: number
  maxSecsPerTicket: number
}

/** A model and what may be asked of it. */
export interface Llm {
  provider: LlmProvider
  limits: LlmLimits
  gate: LlmGate
  health: LlmHealth
  tally: LlmTally
}

/** Places for requests, shared by all processes. */
export interface LlmGate {
  /** Waits for a place, but not at all where there is none within `maxWaitMs`. */
  enter(options: { maxWaitMs: number; signal: AbortSignal }): Promise<{ end(): Promise<void> } | { waitMs: number }>
}

export interface LlmSession {
  readonly provider: string
  readonly model: string
  /** The answer, or why there is none; throws the reason of the signal only. */
  ask<T>(question: Omit<LlmRequest<T>, 'maxTokens'>): Promise<{ value: T } | { error: string }>
  /** With what was spent before, also by runs that came to no end. */
  spent(): LlmSpent
  /** Of this session, as the provider counts. */
  usage(): LlmUsage
}

const NOTHING: LlmUsage = { promptTokens: 0, completionTokens: 0 }
const TRIES = 3
const SHORTEST_ANSWER = 500
const TOO_SHORT_MS = 10
const PAUSE = { initialMs: 250, maxMs: 8000, jitter: 0.2 }

/** Questions of one ticket, one after the other, within what is left of its budget. */
export function openLlmSession(llm: Llm, ticket: LlmTicket, signal: AbortSignal): LlmSession {
  return new Session(llm, ticket, signal)
}

class Session implements LlmSession {
  readonly #usage: LlmUsage = { promptTokens: 0, completionTokens: 0 }
  readonly #budget: TicketBudget
  #answered = false

  constructor(
    readonly llm: Llm,
    ticket: LlmTicket,
    readonly signal: AbortSignal,
  ) {
    this.#budget = new TicketBudget(llm.provider.name, llm.limits, llm.tally, ticket)
  }

  get provider(): string {
    return this.llm.provider.name
  }

  get model(): string {
    return this.llm.provider.model
  }

  spent(): LlmSpent {
    return this.#budget.spent()
  }

  usage(): LlmUsage {
    return { ...this.#usage }
  }

  async ask<T>(question: Omit<LlmRequest<T>, 'maxTokens'>): Promise<{ value: T } | { error: string }> {
    this.#budget.startClock()
    try {
      return await this.#inTime(this.signal, async (signal) => {
        await this.#budget.look()
        return this.#inTime(signal, (left) => this.#askInHealth(question, left))
      })
    } catch (error) {
      this.signal.throwIfAborted()
      if (error instanceof LlmError) return { error: error.message }
      // A fault of ours, but no reason to fail a ticket that can do without a model.
      return { error: `${this.provider}: ${redactText(String(error)).slice(0, 200)}` }
    } finally {
      this.#budget.stopClock()
    }
  }

  async #inTime<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = new LlmError('timeout', `${this.provider}: no answer within the time for one ticket`)
    const ms = this.#budget.msLeft()
    if (ms < TOO_SHORT_MS) throw late
    return within(ms, signal, late, work)
  }

  async #askInHealth<T>(question: Omit<LlmRequest<T>, 'maxTokens'>, signal: AbortSignal): Promise<{ value: T }> {
    const { health, limits } = this.llm
    const { began, pausedMs } = await health.look().catch(() => {
      throw new LlmError('paused', `${this.provider}: how it has fared cannot be read now`)
    })
    if (pausedMs > 0)
      throw new LlmError('paused', `${this.provider}: has failed and is left alone for another ${Math.ceil(pausedMs / 1000)} s`)
    // Who has less time than an answer may take cannot tell that it takes too long.
    const fair = this.#budget.msLeft() >= limits.timeoutSecs * 1000
    try {
      const answer = await this.#askTwice(question, signal)
      await health.note(began, undefined).catch(() => {})
      return answer
    } catch (error) {
      if (error instanceof LlmError && (fair || error.fault !== 'timeout')) await health.note(began, error).catch(() => {})
      throw error
    }
  }

  /** An answer that does not fit is told to the model once. */
  async #askTwice<T>(question: Omit<LlmRequest<T>, 'maxTokens'>, signal: AbortSignal): Promise<{ value: T }> {
    const first = readAnswer(await this.#answer(question, signal), question.schema)
    if ('value' in first) return first
    const repair = `${question.user}\n\nYour last answer could not be used: ${first.fault}. Answer again, in the form asked for.`
    const second = readAnswer(await this.#answer({ ...question, user: repair }, signal), question.schema)
    if ('value' in second) return second
    throw new LlmError('unusable', `${this.provider}: the answer is not in the form asked for, twice: ${second.fault}`)
  }

  async #answer(question: Omit<LlmRequest, 'maxTokens'>, signal: AbortSignal): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#inPlace(signal, () => this.#request(question, signal))
      } catch (error) {
        if (!(error instanceof LlmError) || !error.mayPass || attempt === TRIES) throw error
        await this.#pause(error.retryAfterMs ?? backoffMs(attempt, PAUSE), error, signal)
      }
    }
  }

  async #inPlace<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const place = await this.llm.gate.enter({ maxWaitMs: this.#budget.msLeft(), signal }).catch(() => {
      signal.throwIfAborted()
      throw new LlmError('budget', `${this.provider}: its requests per minute cannot be counted now`)
    })
    if ('waitMs' in place) throw new LlmError('budget', `${this.provider}: no place under its requests per minute in time`)
    try {
      return await work()
    } finally {
      await place.end()
    }
  }

  async #pause(ms: number, insteadOfTooLong: LlmError, signal: AbortSignal): Promise<void> {
    if (ms >= this.#budget.msLeft()) throw insteadOfTooLong
    await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
  }

  async #request(question: Omit<LlmRequest, 'maxTokens'>, signal: AbortSignal): Promise<string> {
    const { timeoutSecs } = this.llm.limits
    const prompt = largestPrompt({ ...question, maxTokens: 0 })
    const maxTokens = Math.min(this.llm.provider.answerTokens, this.#budget.tokensLeft() - prompt)
    if (maxTokens < SHORTEST_ANSWER) throw this.#budget.usedUp()
    const most = prompt + maxTokens
    await this.#budget.reserve(most)
    if (signal.aborted) this.#budget.settle(0)
    signal.throwIfAborted()
    const patient = this.llm.provider.slowStart && !this.#answered
    // Later than the deadline of the ticket, which speaks for itself.
    const ms = patient ? this.#budget.msLeft() + 1000 : timeoutSecs * 1000
    const late = new LlmError('timeout', `${this.provider}: no answer within ${timeoutSecs} s`)
    try {
      const answer = await within(ms, signal, late, (own) => this.llm.provider.complete({ ...question, maxTokens }, { signal: own }))
      this.#answered = true
      this.#count(answer.usage, most)
      return answer.text
    } catch (error) {
      const { usage, free } = error instanceof LlmError ? error : { usage: undefined, free: false }
      this.#count(free ? NOTHING : usage, most)
      throw error
    }
  }

  /** What nobody counted may have cost all that was allowed. */
  #count(usage: LlmUsage | undefined, most: number): void {
    this.#budget.settle(usage ? usage.promptTokens + usage.completionTokens : most)
    this.#usage.promptTokens += usage?.promptTokens ?? 0
    this.#usage.completionTokens += usage?.completionTokens ?? 0
  }
}
