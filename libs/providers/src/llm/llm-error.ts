import type { LlmUsage } from './llm-provider.js'

/** Why a model's word could not be had. A bad answer is none of the API; an unusable one is what the model wrote. */
export type LlmFault =
  | 'auth'
  | 'bad_request'
  | 'rate_limited'
  | 'overloaded'
  | 'unreachable'
  | 'timeout'
  | 'refused'
  | 'cut_short'
  | 'blank'
  | 'bad_answer'
  | 'unusable'
  | 'budget'
  | 'paused'

const MAY_PASS: readonly LlmFault[] = ['rate_limited', 'overloaded', 'unreachable', 'blank']

interface Details {
  /** How long the server asks to be left alone. */
  retryAfterMs?: number
  /** What the failed request cost; undefined where nobody knows. */
  usage?: LlmUsage
  /** The server turned the request away before a model saw it. */
  free?: boolean
}

export class LlmError extends Error {
  override readonly name = 'LlmError'
  readonly retryAfterMs: number | undefined
  readonly usage: LlmUsage | undefined
  readonly free: boolean
  constructor(
    readonly fault: LlmFault,
    message: string,
    { retryAfterMs, usage, free = false }: Details = {},
  ) {
    super(message)
    this.retryAfterMs = retryAfterMs
    this.usage = usage
    this.free = free
  }

  get mayPass(): boolean {
    return MAY_PASS.includes(this.fault)
  }
}
