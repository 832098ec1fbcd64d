import { type StageStats, TIME_KINDS, TIMED_WORK, type TimeKind, timeAfter } from '@torrentino/domain'
import type { Latencies, Stay } from '@torrentino/store'

const WINDOW_SECS = 3600

/** How the stages fare: what ended lately, and what has been lying there the longest. */
export async function readStageStats(latencies: Latencies, now: Date): Promise<StageStats> {
  const [{ from, stays }, oldest] = await Promise.all([latencies.recent(new Date(now.getTime() - WINDOW_SECS * 1000)), latencies.oldest()])
  const windowSecs = Math.max(1, Math.round((now.getTime() - from.getTime()) / 1000))
  const timed = stays.map((stay) => ({ ...stay, after: timeAfter({ to: stay.state, cause: stay.cause }) }))
  const secondsOf = (stage: string, kind: TimeKind) =>
    timed.flatMap(({ after, seconds }) => (after?.stage === stage && after.kind === kind ? [seconds] : []))
  return {
    window_secs: windowSecs,
    stages: TIMED_WORK.map((stage) => {
      const times = Object.fromEntries(TIME_KINDS.map((kind) => [kind, percentilesOf(secondsOf(stage, kind))])) as Record<
        TimeKind,
        ReturnType<typeof percentilesOf>
      >
      return { stage, per_minute: (times.worked.count * 60) / windowSecs, ...times, oldest_secs: oldest[stage] }
    }),
  }
}

function percentilesOf(seconds: Stay['seconds'][]) {
  const sorted = seconds.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null
  return { count: sorted.length, p50_secs: at(0.5), p95_secs: at(0.95) }
}
