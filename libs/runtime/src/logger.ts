import winston from 'winston'
import { jsonLine, type LogEntry, prettyLine } from './log-format.js'

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'
export type LogFields = Record<string, unknown>

/** The message is fixed text, all that varies goes into fields; `error` means that somebody must act now. */
export interface Logger {
  error(msg: string, fields?: LogFields): void
  warn(msg: string, fields?: LogFields): void
  info(msg: string, fields?: LogFields): void
  debug(msg: string, fields?: LogFields): void
  /** A logger whose lines all carry these fields, such as `{ ticket_id, stage, attempt }`. */
  child(fields: LogFields): Logger
}

/** The logger of a process, which also ends the stream of lines. */
export interface RootLogger extends Logger {
  /** Resolves when everything is written. */
  close(): Promise<void>
}

export interface LoggerOptions {
  service: string
  level?: LogLevel
  /** auto: readable on a terminal, JSON lines elsewhere. */
  format?: 'auto' | 'json' | 'pretty'
  stream?: NodeJS.WritableStream & { isTTY?: boolean }
}

const LEVELS = { error: 0, warn: 1, info: 2, debug: 3 }
const LINE = Symbol.for('message')

export function createLogger({ service, level = 'info', format = 'auto', stream = process.stdout }: LoggerOptions): RootLogger {
  const terminal = stream.isTTY === true
  const pretty = format === 'pretty' || (format === 'auto' && terminal)
  const transport = new winston.transports.Stream({ stream, eol: '\n' })
  const sink = new Sink(
    service,
    winston.createLogger({
      level,
      levels: LEVELS,
      transports: [transport],
      format: winston.format((info) => {
        const entry = info.entry as LogEntry
        info[LINE] = pretty ? prettyLine(entry, new Date(), terminal) : jsonLine(entry, new Date())
        return info
      })(),
    }),
  )
  return Object.assign(bound(sink, {}), { close: () => sink.close() })
}

/** For tests and tools that want no lines. */
export const silentLogger: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore, child: () => silentLogger }

function ignore(): void {}

/** Lines that come after the end are dropped: winston would throw. */
class Sink {
  #closed: Promise<void> | undefined

  constructor(
    readonly service: string,
    readonly winston: winston.Logger,
  ) {}

  write(level: LogLevel, msg: string, fields: LogFields): void {
    const entry: LogEntry = { level, service: this.service, msg, fields }
    if (this.#closed === undefined) this.winston.log({ level, message: '', entry })
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.winston.once('finish', () => resolve())
      this.winston.end()
    })
    return this.#closed
  }
}

/** winston's own children merge a field called `message` into the text; ours pass everything as one entry. */
function bound(sink: Sink, fields: LogFields): Logger {
  const write = (level: LogLevel) => (msg: string, more?: LogFields) => {
    if (sink.winston.isLevelEnabled(level)) sink.write(level, msg, { ...fields, ...more })
  }
  return {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: (more) => bound(sink, { ...fields, ...more }),
  }
}
