import type { AuditEntry } from '@torrentino/domain'

/** How entries become text. */
export interface ExportFormat<T> {
  file: string
  type: string
  /** Before the first of them. */
  head: string
  write(entry: T): string
}

export function jsonLines<T>(file: string): ExportFormat<T> {
  return { file, type: 'application/x-ndjson; charset=utf-8', head: '', write: (entry) => `${JSON.stringify(entry)}\n` }
}

const COLUMNS = ['id', 'at', 'ticket_id', 'event_type', 'actor', 'payload'] as const

/** As RFC 4180 has it; the payload is JSON in its cell. */
export function auditCsv(file: string): ExportFormat<AuditEntry> {
  return {
    ...{ file, type: 'text/csv; charset=utf-8; header=present', head: row(COLUMNS) },
    write: ({ payload, ...entry }) => row(COLUMNS.map((name) => (name === 'payload' ? JSON.stringify(payload) : (entry[name] ?? '')))),
  }
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`
}

/** Spreadsheets run what begins like a formula, and names of callers are foreign text; an apostrophe before it makes it text. */
function harmless(cell: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
