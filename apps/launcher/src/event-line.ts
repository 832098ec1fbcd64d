import type { LogLine } from './log-lines.js'
import type { UnitEvent } from './supervisor.js'

/** What the launcher itself has to say about its processes, as a line among theirs. */
export function lineOf(event: UnitEvent): LogLine {
  const { kind, name, ...more } = event
  const fields = { name, ...more }
  if (kind === 'started') return { process: 'launcher', level: 'debug', msg: 'process started', fields }
  if (kind === 'ended') return { process: 'launcher', level: 'error', msg: 'process ended, will be started again', fields }
  if (kind === 'refused') return { process: 'launcher', level: 'error', msg: 'process refuses its configuration', fields }
  return { process: 'launcher', level: 'error', msg: 'process cannot be started, will be tried again', fields }
}
