import { describe, expect, test } from '@jest/globals'
import { type Logger, silentLogger } from './logger.js'
import { StopList } from './stop-list.js'

function listWith(log: Logger = silentLogger) {
  const calls: string[] = []
  const list = new StopList(log)
  return { calls, list, part: (name: string) => list.add(name, async () => void calls.push(name)) }
}

function heard() {
  const parts: unknown[] = []
  return { parts, log: { ...silentLogger, error: (msg: string, fields?: Record<string, unknown>) => void parts.push([msg, fields?.part]) } }
}

describe('StopList', () => {
  test('stops in reverse order, once, however often it is told', async () => {
    const { list, calls, part } = listWith()
    for (const name of ['database', 'queue', 'worker']) part(name)
    expect(await Promise.all([list.run(1000), list.run(1000)])).toEqual([true, true])
    expect(await list.run(1000)).toBe(true)
    expect(calls).toEqual(['worker', 'queue', 'database'])
  })

  test('a failing one is named and does not keep the others from stopping', async () => {
    const { log, parts } = heard()
    const { list, calls, part } = listWith(log)
    part('database')
    list.add('worker', () => {
      throw new Error('no')
    })
    expect(await list.run(1000)).toBe(false)
    expect([calls, parts]).toEqual([['database'], [['stop failed', 'worker']]])
  })

  test('one that hangs is cut at the deadline and named, and the others are still called', async () => {
    const { log, parts } = heard()
    const { list, calls, part } = listWith(log)
    part('database')
    part('queue')
    list.add('worker', () => new Promise(() => {}))
    expect(await list.run(20)).toBe(false)
    expect(calls).toEqual(['queue', 'database'])
    expect(parts).toEqual([['stop took too long and was cut', 'worker']])
  })

  test('what is added while the stop runs, or after it, is stopped too', async () => {
    const { list, calls, part } = listWith()
    list.add('worker', () => part('late'))
    expect(await list.run(1000)).toBe(true)
    await new Promise<void>((resolve) => list.add('later', resolve))
    expect(calls).toEqual(['late'])
  })
})
