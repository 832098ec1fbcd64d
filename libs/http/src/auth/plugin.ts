import { DomainError } from '@torrentino/domain'
import type { Config } from '@torrentino/runtime'
import type passport from 'passport'
import { z } from 'zod'
import { type AuthRequest, type Identity, identityOf } from './identity.js'
import { runProgram } from './run-program.js'
import { strategyOf } from './strategy.js'

const Answer = z.union([
  z.object({ error: z.string() }),
  z.object({ user_id: z.string(), claims: z.object({ role: z.enum(['user', 'admin']).optional() }).optional() }),
])

const AT_ONCE = 16
const MAX_BYTES = 65_536

/** Asks a program of the operator. One that hangs, floods or talks rubbish lets nobody in, and is no verdict either. */
export function pluginStrategy({ command, timeout_ms }: Config['auth']['plugin']): passport.Strategy {
  let running = 0
  return strategyOf(async (request) => {
    if (running >= AT_ONCE) throw unavailable('too many callers are being looked at')
    running += 1
    try {
      return verdictOf(await ask(command, timeout_ms, request))
    } finally {
      running -= 1
    }
  })
}

async function ask(command: string, timeoutMs: number, { headers, sourceIp }: AuthRequest): Promise<string> {
  const input = JSON.stringify({ headers, source_ip: sourceIp ?? null })
  try {
    return await runProgram(command, { input, timeoutMs, maxBytes: MAX_BYTES })
  } catch (error) {
    throw unavailable((error as Error).message, error)
  }
}

function verdictOf(output: string): Identity | null {
  const answer = Answer.safeParse(parsed(output))
  if (!answer.success) throw unavailable('its answer has not the form {"user_id": "", "claims": {}} or {"error": ""}')
  return 'error' in answer.data ? null : identityOf(answer.data.user_id, answer.data.claims?.role ?? 'user', 'plugin')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The reason is for our log: it may quote what the program said. */
function unavailable(reason: string, cause?: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'who calls cannot be found out now',
    {},
    { cause: new Error(`auth.plugin.command: ${reason}`, { cause }) },
  )
}
