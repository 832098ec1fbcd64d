import type { LogLine } from '../log-lines.js'

const KEPT = 20

/** Keeps the last warnings and errors of the processes, for when something goes wrong. */
export function createTrouble() {
  const lines: LogLine[] = []
  return {
    onLog(line: LogLine): void {
      if (line.level !== 'error' && line.level !== 'warn') return
      lines.push(line)
      if (lines.length > KEPT) lines.shift()
    },
    print(): void {
      for (const line of lines) console.error(`  ${line.process}: ${line.msg} ${JSON.stringify(line.fields).slice(0, 500)}`)
    },
  }
}
