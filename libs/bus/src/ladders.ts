import type { Redis } from 'ioredis'

/** How somebody outside has fared, in the eyes of all processes together. Times are Redis's own, in ms. */
export interface Standing {
  now: number
  /** Steps up the ladder. */
  failures: number
  pausedUntil: number | null
  lastSuccessAt: number | null
  lastFailureAt: number | null
  lastError: string | null
  lastResponseMs: number | null
}

export interface Failed {
  /** `now` of the look before the attempt. */
  began: number
  error: string
  /** What the other side asked for. */
  atLeastMs?: number
  /** The pause after the first failure, the second and so on; the last one stands for all that follow. */
  stepsMs: readonly number[]
}

/** A fixed ladder of pauses for those who fail: a failure is a step up, a success a step down. */
export interface Ladders {
  look(name: string): Promise<Standing>
  /** Of attempts that were under way at the same time only the first failure counts: what they met is one and the same. */
  climb(name: string, failed: Failed): Promise<Standing>
  stepDown(name: string, done: { began: number; responseMs?: number }): Promise<Standing>
  /** Somebody has seen to it: no pause, and the ladder from its foot. */
  clear(name: string): Promise<void>
}

const KEPT_MS = 30 * 24 * 3_600_000

const START = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local key = KEYS[1]
local function number(field) return tonumber(redis.call('HGET', key, field) or 0) end`

const ANSWER = `
return {now, redis.call('HGETALL', key)}`

const CLIMB = `
local began, least, text = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local failures, pause = number('failures'), least
if began > number('failed_at') then
  failures = failures + 1
  pause = math.max(tonumber(ARGV[3 + math.min(failures, #ARGV - 3)]), least)
end
redis.call('HSET', key, 'failures', failures, 'failed_at', now, 'error', text, 'until', math.max(number('until'), now + pause))`

const STEP_DOWN = `
redis.call('HSET', key, 'ok_at', now)
if ARGV[2] ~= '' then redis.call('HSET', key, 'ms', ARGV[2]) end
if tonumber(ARGV[1]) > number('failed_at') then redis.call('HSET', key, 'failures', math.max(number('failures') - 1, 0), 'until', 0) end`

const KEEP = `
redis.call('PEXPIRE', key, ${KEPT_MS})`

export function createLadders(redis: Redis, prefix: string): Ladders {
  const keyOf = (name: string) => `${prefix}:ladder:${name}`
  async function run(script: string, name: string, args: (string | number)[] = []): Promise<Standing> {
    return standingOf((await redis.eval(`${START}${script}${ANSWER}`, 1, keyOf(name), ...args.map(String))) as [number, string[]])
  }
  return {
    look: (name) => run('', name),
    climb: (name, { began, error, atLeastMs = 0, stepsMs }) =>
      run(`${CLIMB}${KEEP}`, name, [began, Math.round(atLeastMs), error.slice(0, 500), ...stepsMs.map(Math.round)]),
    stepDown: (name, { began, responseMs }) =>
      run(`${STEP_DOWN}${KEEP}`, name, [began, responseMs === undefined ? '' : Math.round(responseMs)]),
    async clear(name) {
      await redis.hset(keyOf(name), { failures: 0, until: 0 })
      await redis.pexpire(keyOf(name), KEPT_MS)
    },
  }
}

function standingOf([now, flat]: [number, string[]]): Standing {
  const fields = new Map<string, string>()
  for (let at = 0; at + 1 < flat.length; at += 2) fields.set(flat[at] as string, flat[at + 1] as string)
  const timeOf = (name: string) => Number(fields.get(name) ?? 0) || null
  const until = timeOf('until')
  const ms = fields.get('ms')
  return {
    now,
    failures: Number(fields.get('failures') ?? 0),
    pausedUntil: until !== null && until > now ? until : null,
    lastSuccessAt: timeOf('ok_at'),
    lastFailureAt: timeOf('failed_at'),
    lastError: fields.get('error') ?? null,
    lastResponseMs: ms === undefined ? null : Number(ms),
  }
}
