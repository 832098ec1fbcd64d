import { runWithSystem, untilInterrupted } from './run.js'
import { say, toTerminal } from './terminal.js'

await runWithSystem(toTerminal, async (system, signal) => {
  say(`ready: API ${system.urls.api}, events ${system.urls.websocket}`)
  await untilInterrupted(system, signal)
  say('stopping')
  return 0
})
