export type Status = 'ok' | 'skipped' | 'warning' | 'failed'

/** What was looked at and how it is; both texts are one line. */
export interface Finding {
  subject: string
  status: Status
  message: string
  /** What to do, where something is to be done. */
  advice?: string
}

export interface Check {
  subject: string
  /** What to do when the check itself ends in an error. */
  advice: string
  limitMs: number
  run(signal: AbortSignal): Promise<Omit<Finding, 'subject'>[]>
}

type Part = Omit<Finding, 'subject'>

export const ok = (message: string): Part => ({ status: 'ok', message })
export const skipped = (message: string): Part => ({ status: 'skipped', message })
export const warning = (message: string, advice: string): Part => ({ status: 'warning', message, advice })
export const failed = (message: string, advice: string): Part => ({ status: 'failed', message, advice })
