import { relative } from 'node:path'
import { probeMedia } from '@torrentino/media'
import { table } from './table.js'

/** What the report reads of a ticket. */
export interface ReportTicket {
  ticket_id: string
  items: { kind: string; dest_path: string; info: Record<string, unknown> | null }[]
  history: { from: string | null; to: string; at: string; actor: string }[]
}

interface ReportOptions {
  ffprobe: string
  apiUrl: string
  /** Where the album was placed. */
  folder: string
  searches: number
}

export async function printReport(ticket: ReportTicket, { ffprobe, apiUrl, folder, searches }: ReportOptions): Promise<void> {
  console.log(`\nplaced in ${folder}, as ffprobe reads the files:\n`)
  const rows = await Promise.all(ticket.items.map((item) => fileRow(item, folder, ffprobe)))
  console.log(table(['file', 'codec', 'kbit/s', 'seconds', 'tags'], rows))
  console.log(`\nhistory (${searches} request${searches === 1 ? '' : 's'} to the indexer):\n`)
  console.log(table(['step', 'by', 'after'], historyRows(ticket.history)))
  console.log(`
API        ${apiUrl}
ticket     ${apiUrl}/ticket/${ticket.ticket_id}
audit      ${apiUrl}/audit?ticket_id=${ticket.ticket_id}
events     ${apiUrl.replace(/^http/, 'ws')}/ws`)
}

async function fileRow({ kind, dest_path, info }: ReportTicket['items'][number], folder: string, ffprobePath: string): Promise<string[]> {
  const name = relative(folder, dest_path)
  if (kind === 'image') return [name, 'picture', '', '', `${info?.width} x ${info?.height}`]
  const { audio, bitrateKbps, durationSecs, attachedPictures, tags } = await probeMedia(dest_path, { ffprobePath })
  const text = [tags.artist, tags.album, tags.date, tags.track, tags.title].filter(Boolean).join(' / ')
  const cover = attachedPictures > 0 ? ' + cover' : ''
  return [name, audio?.codec ?? '', String(audio?.bitrateKbps ?? bitrateKbps ?? ''), durationSecs?.toFixed(1) ?? '', text + cover]
}

function historyRows(history: ReportTicket['history']): string[][] {
  return history.map(({ from, to, at, actor }, index) => {
    const before = history[index - 1]
    const took = before ? `${((Date.parse(at) - Date.parse(before.at)) / 1000).toFixed(2)} s` : ''
    return [from === null ? to : `${from} -> ${to}`, actor, took]
  })
}
