import { ConfigError, EXIT_CONFIG } from '@torrentino/runtime'
import { type System, type SystemOptions, startSystem } from './system.js'
import { UserError } from './user-error.js'

const EXIT_FAILED = 1
const EXIT_INTERRUPTED = 130
const SAME_SIGNAL_MS = 500
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Starts the system, does with it what is wanted, and stops it, also when that fails or a signal comes; ends this process with the
 * code that `work` returns. A second signal does not wait for an orderly stop.
 */
export async function runWithSystem(
  options: Omit<SystemOptions, 'signal'>,
  work: (system: System, signal: AbortSignal) => Promise<number>,
): Promise<never> {
  const interrupted = new AbortController()
  let system: System | undefined
  let told = 0
  const onSignal = () => {
    if (!interrupted.signal.aborted) {
      told = Date.now()
      return interrupted.abort(new UserError('interrupted'))
    }
    // npm passes on the Ctrl-C that the terminal has already sent to everybody: still the same one.
    if (Date.now() - told < SAME_SIGNAL_MS) return
    void Promise.resolve(system?.killAll()).finally(() => exit(EXIT_INTERRUPTED))
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  let code = EXIT_INTERRUPTED
  try {
    system = await startSystem({ ...options, signal: interrupted.signal })
    code = await work(system, interrupted.signal)
  } catch (error) {
    if (!interrupted.signal.aborted) code = report(error)
  }
  await system?.stop().catch(report)
  return exit(code)
}

/** Resolves at a signal, rejects when a process refuses its configuration. */
export async function untilInterrupted(system: System, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const signalled = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
  const refusing = await Promise.race([signalled, system.refused])
  if (refusing !== undefined) throw new ConfigError([`${refusing} refuses it; it says why in the lines above`])
}

function report(error: unknown): number {
  const plain = error instanceof UserError || error instanceof ConfigError
  process.stderr.write(`${plain ? error.message : ((error as Error).stack ?? error)}\n`)
  return error instanceof ConfigError ? EXIT_CONFIG : EXIT_FAILED
}

/** When everything is written. */
function exit(code: number): Promise<never> {
  return new Promise(() => process.stdout.write('', () => process.exit(code)))
}
