import { open } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type DecisionRange, type DecisionStore, readTraining, unreadableText } from '@torrentino/store'
import { z } from 'zod'
import { Moment, readArguments } from './arguments.js'

const USAGE = 'npm run export:training -- [--since <date>] [--until <date>] [--out <file>]'
const Arguments = z.object({ since: Moment.optional(), until: Moment.optional(), out: z.string().min(1).optional() })
const OPTIONS = { since: { type: 'string' }, until: { type: 'string' }, out: { type: 'string' } } as const

/** Writes at the pace of the reader; the file is readable for its owner only, because it tells what people asked for. */
export async function exportTraining(store: DecisionStore, args: string[], stdout: Writable = process.stdout): Promise<void> {
  const { out, ...range } = readArguments(args, OPTIONS, Arguments, USAGE)
  const lines = Readable.from(linesOf(store, range))
  if (out !== undefined) return pipeline(lines, await openForOwner(out))
  await pipeline(lines, stdout, { end: false })
}

/** Also where it was there before, and others could read it. */
async function openForOwner(path: string): Promise<Writable> {
  const file = await open(path, 'w', 0o600)
  if ((await file.stat()).isFile()) await file.chmod(0o600)
  return file.createWriteStream()
}

async function* linesOf(store: DecisionStore, range: DecisionRange): AsyncGenerator<string> {
  for await (const line of readTraining(store, range, tellUnreadable)) yield `${JSON.stringify(line)}\n`
}

function tellUnreadable(ticketId: string, error: Error): void {
  process.stderr.write(`${unreadableText(ticketId, error)}\n`)
}
