import type { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { DomainError, NewTokenBody } from '@torrentino/domain'
import type { Store, StoredToken } from '@torrentino/store'
import { UserError } from './user-error.js'

const USAGE = `npm run token -- create <name> [--role user|admin] [--expires 2030-01-31T00:00:00Z]
npm run token -- list
npm run token -- revoke <name>`
const ACTOR = 'command line'

/** Keys of callers, for who may log in to the machine: so the first admin gets his. */
export async function runTokenCommand(store: Pick<Store, 'tokens'>, args: string[], out: Writable = process.stdout): Promise<void> {
  const { positionals, values } = parsedArguments(args)
  const [command, name] = positionals
  if (command === 'list' && positionals.length === 1) return list(store, out)
  if (command === 'create' && name !== undefined && positionals.length === 2) return create(store, name, values, out)
  if (command === 'revoke' && name !== undefined && positionals.length === 2) return revoke(store, name, out)
  throw new UserError(USAGE)
}

function parsedArguments(args: string[]) {
  try {
    return parseArgs({ args, options: { role: { type: 'string' }, expires: { type: 'string' } }, allowPositionals: true })
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`)
  }
}

async function create(
  { tokens }: Pick<Store, 'tokens'>,
  name: string,
  { role = 'user', expires }: { role?: string; expires?: string },
  out: Writable,
) {
  const wanted = NewTokenBody.safeParse({ name, role, expires_at: expires })
  if (!wanted.success)
    throw new UserError(`${wanted.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')}\n${USAGE}`)
  if (wanted.data.expires_at && wanted.data.expires_at <= new Date()) throw new UserError('expires_at: must lie in the future')
  const { key } = await tokens
    .create({ name, role: wanted.data.role, createdBy: ACTOR, expiresAt: wanted.data.expires_at ?? null })
    .catch((error: unknown) => {
      throw error instanceof DomainError ? new UserError(error.message) : error
    })
  out.write(`${key}\n`)
  process.stderr.write(`The key of ${name} (${wanted.data.role}). It is shown this once; callers send it as: Authorization: Bearer <key>\n`)
}

async function list({ tokens }: Pick<Store, 'tokens'>, out: Writable): Promise<void> {
  for (const token of await tokens.list()) out.write(`${lineOf(token)}\n`)
}

function lineOf({ name, role, createdBy, createdAt, expiresAt }: StoredToken): string {
  const end = expiresAt === null ? '' : `, until ${expiresAt.toISOString()}`
  return `${name}  ${role}  made ${createdAt.toISOString()} by ${createdBy}${end}`
}

async function revoke({ tokens }: Pick<Store, 'tokens'>, name: string, out: Writable): Promise<void> {
  const token = (await tokens.list()).find((one) => one.name === name)
  if (!token || !(await tokens.revoke(token.id, ACTOR))) throw new UserError(`there is no token ${name}; npm run token -- list shows them`)
  out.write(`${name} counts no more\n`)
}
