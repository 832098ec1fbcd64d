import { redactText } from './redact.js'

export interface Check {
  ok: boolean
  message?: string
}

export interface Readiness {
  ok: boolean
  checks: Record<string, Check>
}

/** Resolves when all is well (or says more), rejects with what is not. The signal ends a check that takes too long. */
export type ReadyCheck = (signal: AbortSignal) => Promise<Check | undefined> | Promise<void>

export interface ReadinessProbe {
  /** Runs all checks at once; whoever asks meanwhile gets the same run. */
  (): Promise<Readiness>
  add(name: string, check: ReadyCheck): void
}

const TIMEOUT_MS = 2000

export function createReadiness(timeoutMs: number = TIMEOUT_MS): ReadinessProbe {
  const checks = new Map<string, ReadyCheck>()
  let running: Promise<Readiness> | undefined
  const probe = () => {
    running ??= runChecks(checks, timeoutMs).finally(() => {
      running = undefined
    })
    return running
  }
  return Object.assign(probe, { add: (name: string, check: ReadyCheck) => void checks.set(name, check) })
}

async function runChecks(checks: ReadonlyMap<string, ReadyCheck>, timeoutMs: number): Promise<Readiness> {
  const results = await Promise.all([...checks].map(async ([name, check]) => [name, await runCheck(check, timeoutMs)] as const))
  return { ok: results.every(([, result]) => result.ok), checks: Object.fromEntries(results) }
}

async function runCheck(check: ReadyCheck, timeoutMs: number): Promise<Check> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, message: `no answer within ${timeoutMs} ms` })
      controller.abort()
    }, timeoutMs)
  })
  try {
    return await Promise.race([answerOf(check, controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

async function answerOf(check: ReadyCheck, signal: AbortSignal): Promise<Check> {
  try {
    return (await check(signal)) ?? { ok: true }
  } catch (error) {
    return { ok: false, message: redactText(error instanceof Error ? error.message : String(error)) }
  }
}
