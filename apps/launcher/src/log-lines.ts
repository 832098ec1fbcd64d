import { createLogger, type Logger, type LogLevel } from '@torrentino/runtime'

export interface LogLine {
  process: string
  level: LogLevel
  msg: string
  fields: Record<string, unknown>
}

const LEVELS = new Set<unknown>(['error', 'warn', 'info', 'debug'])
const SERVER_TROUBLE = /\b(FATAL|PANIC)\b|can't|fail|error|OOM/i

/** A line of one of our processes: JSON by its logger, or whatever else came out, such as the stack of a crash. */
export function readLine(process: string, line: string): LogLine {
  const entry = parse(line)
  if (entry === undefined) return { process, level: 'warn', msg: line, fields: {} }
  const { timestamp: _, service: __, level, msg, ...fields } = entry
  return { process, level: LEVELS.has(level) ? (level as LogLevel) : 'info', msg: String(msg), fields }
}

/** A line of PostgreSQL or Redis: they tell much at a start that nobody needs to know. */
export function readServerLine(process: string, line: string): LogLine {
  return { process, level: SERVER_TROUBLE.test(line) ? 'warn' : 'debug', msg: line, fields: {} }
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value = JSON.parse(line) as Record<string, unknown>
    return typeof value.msg === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

interface PrinterOptions {
  level: LogLevel
  format: 'auto' | 'json' | 'pretty'
  stream?: NodeJS.WritableStream & { isTTY?: boolean }
}

/** Writes the lines of all processes to one place, each with the name of its process. */
export function linePrinter(options: PrinterOptions): (line: LogLine) => void {
  const loggers = new Map<string, Logger>()
  return ({ process, level, msg, fields }) => {
    let logger = loggers.get(process)
    if (logger === undefined) {
      logger = createLogger({ service: process, ...options })
      loggers.set(process, logger)
    }
    logger[level](msg, fields)
  }
}
