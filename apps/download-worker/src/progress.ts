import type { Bus } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import type { TorrentProgress } from '@torrentino/providers'
import type { Audit } from '@torrentino/store'

const AUDIT_STEP_PCT = 10
const EVENT_MS = 1000

interface Progress extends Pick<TorrentProgress, 'infoHash' | 'progressPct' | 'downloadSpeedBps' | 'etaSecs' | 'peers'> {}

export interface ReportDeps {
  bus: Pick<Bus, 'publish'>
  audit: Pick<Audit, 'append'>
  actor: string
  /** Milliseconds of any clock. */
  clock?: () => number
}

/** Progress goes to the listeners once a second, the end of it at once, and to the audit in steps of ten percent. */
export function reportProgress(
  ticket: Pick<Ticket, 'id' | 'requestedBy'>,
  { bus, audit, actor, clock = () => performance.now() }: ReportDeps,
) {
  let noted = 0
  let told = Number.NEGATIVE_INFINITY
  let toldPct = 0
  return (progress: Progress): void => {
    const now = clock()
    const isEnd = progress.progressPct >= 100 && toldPct < 100
    if (now - told < EVENT_MS && !isEnd) return
    told = now
    toldPct = progress.progressPct
    bus.publish
      .events([
        {
          kind: 'progress',
          ticket_id: ticket.id,
          requested_by: ticket.requestedBy,
          stage: 'download',
          progress_pct: progress.progressPct,
          download_speed_bps: progress.downloadSpeedBps,
          eta_secs: progress.etaSecs,
          peers: progress.peers,
        },
      ])
      .catch(() => {})
    const step = Math.floor(progress.progressPct / AUDIT_STEP_PCT)
    if (step <= noted) return
    noted = step
    const payload = { info_hash: progress.infoHash, percent: progress.progressPct, speed_bps: progress.downloadSpeedBps }
    audit.append({ ticketId: ticket.id, actor, event: { type: 'DownloadProgress', payload } }).catch(() => {})
  }
}
