/** How a model's server answers the next request. `silent`, `dribble` and `half` never end by themselves. */
export type LlmReply =
  | { kind: 'text'; text: string; usage?: false }
  | { kind: 'refusal' }
  | { kind: 'cut_short'; text: string }
  | { kind: 'status'; status: number; headers?: Record<string, string>; message?: string }
  | { kind: 'raw'; body: string }
  | { kind: 'huge'; bytes: number }
  | { kind: 'silent' }
  | { kind: 'dribble' }
  | { kind: 'half' }
  | { kind: 'reset' }

export const PROMPT_TOKENS = 120
export const COMPLETION_TOKENS = 30
