import { Writable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createLogger, type LoggerOptions } from './logger.js'
import { registerSecret } from './redact.js'
import { Secret } from './secret.js'

class Lines extends Writable {
  text = ''
  isTTY = false
  override _write(chunk: Buffer, _: unknown, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
  get json(): Record<string, unknown>[] {
    return this.text
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  }
}

function logTo(stream: Lines, options: Partial<LoggerOptions> = {}) {
  return createLogger({ service: 'test', format: 'json', ...options, stream })
}

describe('JSON lines', () => {
  test('carry time, level, service, text and fields', async () => {
    const lines = new Lines()
    const log = logTo(lines)
    log.child({ ticket_id: 't1', stage: 'search' }).child({ attempt: 2 }).info('search done', { results: 3 })
    await log.close()
    expect(lines.json).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        level: 'info',
        service: 'test',
        msg: 'search done',
        ticket_id: 't1',
        stage: 'search',
        attempt: 2,
        results: 3,
      },
    ])
  })

  test('a child does not change its parent, and the later field wins', async () => {
    const lines = new Lines()
    const log = logTo(lines)
    const child = log.child({ stage: 'search' })
    child.info('one', { stage: 'match' })
    log.info('two')
    await log.close()
    expect(lines.json.map((line) => line.stage)).toEqual(['match', undefined])
  })

  test('no field hides a fixed one or breaks the line', async () => {
    const lines = new Lines()
    const log = logTo(lines)
    log.info('text\nwith lines', { level: 'fake', msg: 'fake', message: 'mine', timestamp: 1, ['__proto__']: 1, splat: '%s' })
    await log.close()
    expect(lines.json).toHaveLength(1)
    expect(lines.json[0]).toMatchObject({
      level: 'info',
      msg: 'text\nwith lines',
      _level: 'fake',
      _msg: 'fake',
      message: 'mine',
      _timestamp: 1,
    })
  })

  test.each([
    ['error', ['error']],
    ['warn', ['error', 'warn']],
    ['info', ['error', 'warn', 'info']],
    ['debug', ['error', 'warn', 'info', 'debug']],
  ] as const)('level %s', async (level, written) => {
    const lines = new Lines()
    const log = logTo(lines, { level })
    for (const name of ['error', 'warn', 'info', 'debug'] as const) log[name]('x')
    await log.close()
    expect(lines.json.map((line) => line.level)).toEqual(written)
  })

  test('after the close nothing is written and nothing breaks', async () => {
    const lines = new Lines()
    const log = logTo(lines)
    await log.close()
    await log.close()
    log.info('late')
    expect(lines.text).toBe('')
  })
})

describe('readable lines', () => {
  test('are chosen on a terminal, in colour', async () => {
    const lines = new Lines()
    lines.isTTY = true
    const log = logTo(lines, { format: 'auto' })
    log.info('started', { port: 80, name: 'two words', error: new Error('boom') })
    await log.close()
    expect(lines.text).toContain('\u001b[')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are control characters
    const bare = lines.text.replace(/\u001b\[\d+m/g, '')
    expect(bare).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} info {2}test started port=80 name="two words" error=\{.*"boom".*\}\n {4}Error: boom\n {8}at /,
    )
  })

  test('let foreign text neither fake a line nor move the cursor', async () => {
    const lines = new Lines()
    const log = logTo(lines, { format: 'pretty' })
    log.info('name\n12:00 fake', { title: '\u001b[2Jx\r', 'a\nb': 1 })
    await log.close()
    expect(lines.text.split('\n')).toHaveLength(2)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(lines.text.trimEnd()).not.toMatch(/[\u0000-\u001f]/)
  })
})

/** Every place a secret has been seen to leak through in real systems. */
const PLACES: ((secret: string) => [string, Record<string, unknown>])[] = [
  (s) => [`text ${s}`, {}],
  (s) => ['x', { note: `a${s}b` }],
  (s) => ['x', { list: [[s]] }],
  (s) => ['x', { [`name ${s}`]: 1 }],
  (s) => ['x', { error: new Error(`failed with ${s}`, { cause: new TypeError(s) }) }],
  (s) => ['x', { error: Object.assign(new Error('x'), { detail: { s } }) }],
  (s) => ['x', { error: new AggregateError([new Error(s)]) }],
  (s) => ['x', { url: `http://h/p?x=1&q=${encodeURIComponent(s)}#f` }],
  (s) => ['x', { body: JSON.stringify({ s }) }],
  (s) => ['x', { map: new Map([[s, new Set([s])]]) }],
  (s) => ['x', { wrapped: new Secret(s) }],
]
/** Known by their name alone, without being registered. */
const NAMED: ((secret: string) => [string, Record<string, unknown>])[] = [
  (s) => ['x', { api_key: s, deep: [{ Authorization: { s }, 'X-Token': [s] }] }],
  (s) => [`GET http://h/api?apikey=${encodeURIComponent(s)}&t=x`, { to: `http%3A%2F%2Fh%3Fpasskey%3D${encodeURIComponent(s)}` }],
  (s) => ['x', { link: `magnet:?xt=urn:btih:abc&tr=${encodeURIComponent(`http://t/${s}/announce`)}` }],
  (s) => ['x', { url: `postgres://user:${encodeURIComponent(s)}@host/x` }],
]
const formsOf = (secret: string) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
/** A rare first letter keeps the secret from being, by chance, a part of the line that everybody may see. */
const secrets = fc.string({ minLength: 6, maxLength: 40, unit: 'binary-ascii' }).map((text) => `Ω${text}`)

describe('a secret never gets into the log', () => {
  test.each([
    ['registered', PLACES, true],
    ['named', NAMED, false],
  ] as const)('%s', (_, places, register) => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...places), fc.constantFrom('json', 'pretty'), (secret, place, format) => {
        if (register) registerSecret(secret)
        const lines = new Lines()
        const log = logTo(lines, { format })
        log.child(place(secret)[1]).info(...place(secret))
        expect(lines.text).toMatch(/\n$/)
        for (const form of formsOf(secret)) expect(lines.text).not.toContain(form)
      }),
      { numRuns: 500 },
    )
  })
})
