import type { Bus } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import type { TorrentProgress } from '@torrentino/providers'
import type { Audit } from '@torrentino/store'

const AUDIT_STEP_PCT = 10
const EVENT_MS = 1000

/** Progress goes to the listeners once a second, and to the audit in steps of ten percent. */
export function reportProgress(bus: Pick<Bus, 'publish'>, audit: Pick<Audit, 'append'>, ticket: Ticket, actor: string) {
  let noted = 0
  let told = 0
  return (progress: TorrentProgress): void => {
    const now = Date.now()
    if (now - told < EVENT_MS && progress.progressPct < 100) return
    told = now
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
