import { createWriteStream, mkdirSync, openSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import type { WrittenAudit } from '@torrentino/store'

export interface AuditFile {
  append(entries: WrittenAudit[]): void
  /** After the file was moved away: what comes from here on goes into a new one of its name. */
  reopen(): void
  close(): Promise<void>
}

const MODE = 0o640

/**
 * A copy of the audit as JSON Lines, for log shippers. Every process appends its own entries after their commit, each in one
 * write, so that several may share a file. The table is the record: what a crash keeps out of the file is there.
 */
export function openAuditFile(path: string, onError: (error: Error) => void): AuditFile {
  mkdirSync(dirname(path), { recursive: true })
  const endings = new Set<Promise<void>>()
  let stream = open()

  function open(fd?: number): WriteStream {
    const opened = createWriteStream(path, { fd, flags: 'a', mode: MODE })
    return opened.on('error', onError)
  }

  /** With what still waits in it. */
  function end(ending: WriteStream): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      ending.once('close', resolve)
      if (ending.closed) return resolve()
      ending.end()
    }).finally(() => endings.delete(ended))
    endings.add(ended)
    return ended
  }

  return {
    append(entries) {
      if (entries.length > 0 && stream.writable) stream.write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    },
    reopen() {
      try {
        // Where no new one can be had, the old one goes on.
        const next = open(openSync(path, 'a', MODE))
        void end(stream)
        stream = next
      } catch (error) {
        onError(error as Error)
      }
    },
    async close() {
      await Promise.all([...endings, end(stream)])
    },
  }
}
