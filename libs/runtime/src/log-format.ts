import { styleText } from 'node:util'
import { redactText, redactValue } from './redact.js'

export interface LogEntry {
  level: string
  msg: string
  service: string
  fields: Record<string, unknown>
}

const COLOURS = { error: 'red', warn: 'yellow', info: 'green', debug: 'gray' } as const
const RESERVED = new Set(['timestamp', 'level', 'service', 'msg'])

/** One line of JSON: the fixed fields first, then the caller's; what would hide a fixed one gets a `_` in front. */
export function jsonLine(entry: LogEntry, now: Date): string {
  const { level, service, msg } = entry
  const fields = Object.entries(plainFields(entry.fields)).map(([key, value]) => [RESERVED.has(key) ? `_${key}` : key, value])
  return JSON.stringify({ timestamp: now.toISOString(), level, service, msg: redactText(msg), ...Object.fromEntries(fields) })
}

/** One line for people at a terminal; an error's stack follows on lines of its own. */
export function prettyLine(entry: LogEntry, now: Date, colour: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const fields = plainFields(entry.fields)
  const stacks: string[] = []
  const parts = Object.entries(fields).map(([key, value]) => {
    const [text, stack] = shortError(value)
    if (stack !== undefined) stacks.push(stack)
    return `${paint('gray', `${oneLine(key)}=`)}${oneLine(text)}`
  })
  const level = paint(COLOURS[entry.level as keyof typeof COLOURS] ?? 'white', entry.level.padEnd(5))
  const head = `${paint('gray', now.toISOString().slice(11, 23))} ${level} ${paint('cyan', entry.service)} ${oneLine(redactText(entry.msg))}`
  return [[head, ...parts].join(' '), ...stacks].join('\n')
}

function plainFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactValue(fields) as Record<string, unknown>
}

function shortError(value: unknown): [text: string, stack?: string] {
  if (typeof value === 'string') return [/^[^\s="]+$/.test(value) ? value : JSON.stringify(value)]
  if (typeof value !== 'object' || value === null || !('stack' in value)) return [JSON.stringify(value) ?? 'undefined']
  const { stack, ...rest } = value
  return [JSON.stringify(rest), typeof stack === 'string' ? indent(stack) : undefined]
}

function indent(stack: string): string {
  return stack
    .split('\n')
    .slice(0, 20)
    .map((line) => `    ${oneLine(line)}`)
    .join('\n')
}

/** Foreign text must not be able to fake a line or move the cursor. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal would obey
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) =>
    char === '\n' ? '\\n' : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
