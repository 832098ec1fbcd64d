import { lineOf } from './event-line.js'
import { type LogLine, linePrinter } from './log-lines.js'
import { readSettings } from './settings.js'
import type { SystemOptions } from './system.js'

let print: ((line: LogLine) => void) | undefined

/** Lines come only after the settings were found to be good, so that those of the log can be read with the first one. */
function onLog(line: LogLine): void {
  print ??= linePrinter(readSettings(process.env, false).config.log)
  print(line)
}

/** A line of the launcher's own. */
export function say(text: string): void {
  onLog({ process: 'launcher', level: 'info', msg: text, fields: {} })
}

/** Everything goes to the terminal, or to where the output goes. */
export const toTerminal = {
  onLog,
  onEvent: (event) => onLog(lineOf(event)),
  onProgress: say,
} satisfies SystemOptions
