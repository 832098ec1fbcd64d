import { parseArgs } from 'node:util'
import { hasQbittorrent } from '@torrentino/testkit'
import { UserError } from '../user-error.js'

export interface ChaosOptions {
  seed: number
  tickets: number
  /** How long the faults go on; what comes after has a limit of its own. */
  minutes: number
  /** Whether a real qBittorrent takes part. */
  qbittorrent: boolean
}

const USAGE = 'usage: npm run chaos -- [--seed <number>] [--tickets <1 to 5000>] [--minutes <number>]'

export function readOptions(args: string[]): ChaosOptions {
  const { values } = parse(args)
  const seed = numberOf(values.seed, Math.floor(Math.random() * 1e9), 0, 2 ** 32 - 1)
  return {
    seed,
    tickets: numberOf(values.tickets, 150, 1, 5000),
    minutes: numberOf(values.minutes, 2, 0.05, 1440),
    qbittorrent: hasQbittorrent(),
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: { seed: { type: 'string' }, tickets: { type: 'string' }, minutes: { type: 'string' } } })
  } catch {
    throw new UserError(USAGE)
  }
}

function numberOf(text: string | undefined, fallback: number, least: number, most: number): number {
  const value = text === undefined ? fallback : Number(text)
  if (!(value >= least && value <= most)) throw new UserError(USAGE)
  return value
}
