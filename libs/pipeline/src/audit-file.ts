import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { WrittenAudit } from '@torrentino/store'

export interface AuditFile {
  append(entries: WrittenAudit[]): void
  close(): Promise<void>
}

/**
 * A copy of the audit as JSON Lines, for log shippers. Every process appends its own entries after their commit, each in one
 * write, so that several may share a file. The table is the record: what a crash keeps out of the file is there.
 */
export function openAuditFile(path: string, onError: (error: Error) => void): AuditFile {
  mkdirSync(dirname(path), { recursive: true })
  const stream = createWriteStream(path, { flags: 'a', mode: 0o640 })
  stream.on('error', onError)
  return {
    append(entries) {
      if (entries.length > 0 && stream.writable) stream.write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  }
}
