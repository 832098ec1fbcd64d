import { lineOf } from './event-line.js'
import { type LogLine, linePrinter } from './log-lines.js'
import { runWithSystem, untilInterrupted } from './run.js'
import { readSettings } from './settings.js'

let print: ((line: LogLine) => void) | undefined

/** Lines come only after the settings were found to be good. */
function onLog(line: LogLine): void {
  print ??= linePrinter(readSettings(process.env, false).config.log)
  print(line)
}

function say(text: string): void {
  onLog({ process: 'launcher', level: 'info', msg: text, fields: {} })
}

await runWithSystem({ onLog, onEvent: (event) => onLog(lineOf(event)), onProgress: say }, async (system, signal) => {
  say(`ready: API ${system.urls.api}, events ${system.urls.websocket}`)
  await untilInterrupted(system, signal)
  say('stopping')
  return 0
})
