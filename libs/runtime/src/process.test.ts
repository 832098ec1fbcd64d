import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))
const RUNTIME = new URL('../dist/index.js', import.meta.url).href

const ENV = {
  PATH: process.env.PATH,
  AUTH_METHOD: 'none',
  DATABASE_URL: 'postgres://app:Sup3r-S3cret@db/x',
  REDIS_URL: 'redis://cache',
  MEDIA_ROOTS: '/media',
  METRICS_PORT: '0',
}

/** The life of a process can only be tried on a real one, and that needs compiled code. */
beforeAll(() => void execFileSync(process.execPath, [TSC, '-b', PACKAGE]))

interface Line {
  level: string
  msg: string
  [field: string]: unknown
}

class Running {
  stdout = ''
  stderr = ''
  readonly exit: Promise<number | null>
  #changed = () => {}

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk) => {
      this.stdout += chunk
      this.#changed()
    })
    child.stderr?.on('data', (chunk) => {
      this.stderr += chunk
    })
    // not the child's own 'close', which does not come after a parent has closed the channel
    const ends = [child.stdout, child.stderr].flatMap((stream) => (stream ? [once(stream, 'close')] : []))
    this.exit = Promise.all([once(child, 'exit'), ...ends]).then(([[code]]) => code)
    void this.exit.then(() => this.#changed())
  }

  get lines(): Line[] {
    return this.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  }

  get messages(): string[] {
    return this.lines.map((line) => line.msg)
  }

  async line(msg: string): Promise<Line> {
    for (;;) {
      const found = this.lines.find((line) => line.msg === msg)
      if (found !== undefined) return found
      if (this.child.exitCode !== null) throw new Error(`ended without "${msg}": ${this.stdout}${this.stderr}`)
      await new Promise<void>((resolve) => {
        this.#changed = resolve
      })
    }
  }
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Runs `body` as the start function of a process called `test`. */
function run(
  body: string,
  env: Record<string, string | undefined> = {},
  stdio: ('pipe' | 'ignore' | 'ipc')[] = ['ignore', 'pipe', 'pipe'],
): Running {
  const script = `import { runProcess } from ${JSON.stringify(RUNTIME)}
    await runProcess('test', async (ctx) => { const { log, onStop, onReady, signal, config } = ctx
      const part = (name) => onStop(name, () => log.info('part stopped', { part: name }))
      ${body}
    })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { ...ENV, ...env }, stdio, cwd: tmpdir() })
  children.push(child)
  return new Running(child)
}

const partsOf = (process: Running) => process.lines.filter((line) => line.msg === 'part stopped').map((line) => line.part)

describe('runProcess', () => {
  test('tells all faults of the configuration plainly and exits 78', async () => {
    const process = run('', { AUTH_METHOD: undefined, SERVER_PORT: '12abc' })
    expect([await process.exit, process.stdout]).toEqual([78, ''])
    expect(process.stderr).toMatch(/^the configuration has 2 faults:\n {2}- AUTH_METHOD .*\n {2}- SERVER_PORT .*\n$/)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s stops what was started, in reverse order, and exits 0', async (name) => {
    const process = run(`part('database'); part('queue'); part('worker'); signal.addEventListener('abort', () => log.info('aborted'))`)
    await process.line('started')
    process.child.kill(name)
    expect(await process.exit).toBe(0)
    expect(partsOf(process)).toEqual(['worker', 'queue', 'database'])
    expect(process.messages).toEqual([
      'starting',
      'started',
      'stopping',
      'aborted',
      'part stopped',
      'part stopped',
      'part stopped',
      'stopped',
    ])
    expect(process.lines.at(-1)).toMatchObject({
      service: 'test',
      reason: name,
      clean: true,
      instance: expect.stringMatching(/^test-.+-\d+$/),
    })
  })

  test('serves its status while it lives, and its readiness turns false at the stop', async () => {
    const process = run(
      `onReady('thing', async () => ({ ok: true })); onStop('slow', () => new Promise((resolve) => globalThis.process.once('SIGUSR2', resolve)))`,
    )
    const { status_port } = await process.line('starting')
    await process.line('started')
    const ask = (path: string) =>
      fetch(`http://127.0.0.1:${status_port}${path}`).then(async (response) => [response.status, await response.text()] as const)
    expect(await ask('/readyz')).toEqual([200, '{"ok":true,"checks":{"thing":{"ok":true}}}'])
    expect((await ask('/metrics'))[1]).toContain('nodejs_eventloop_lag_seconds')
    process.child.kill('SIGTERM')
    await process.line('stopping')
    expect((await ask('/healthz'))[0]).toBe(200)
    expect(await ask('/readyz')).toEqual([503, expect.stringContaining('"message":"stopping"')])
    process.child.kill('SIGUSR2')
    expect(await process.exit).toBe(0)
  })

  test('a part that does not stop is cut and named; the others still stop', async () => {
    const process = run(`part('database'); onStop('worker', () => new Promise(() => {})); part('server')`, {
      PROCESSING_SHUTDOWN_TIMEOUT_SECS: '0.3',
    })
    await process.line('started')
    process.child.kill('SIGTERM')
    expect(await process.exit).toBe(1)
    expect(process.lines).toContainEqual(expect.objectContaining({ level: 'error', msg: 'stop took too long and was cut', part: 'worker' }))
    expect(partsOf(process)).toEqual(['server', 'database'])
  })

  test('a second signal ends it at once', async () => {
    const process = run(`onStop('worker', () => new Promise(() => {}))`, { PROCESSING_SHUTDOWN_TIMEOUT_SECS: '3600' })
    await process.line('started')
    process.child.kill('SIGTERM')
    await process.line('stopping')
    process.child.kill('SIGTERM')
    expect(await process.exit).toBe(1)
    expect(process.messages).not.toContain('stopped')
  })

  test('a signal during the start waits for what the start still opens', async () => {
    const process = run(`log.info('waiting'); await new Promise((resolve) => signal.addEventListener('abort', resolve)); part('late')`)
    await process.line('waiting')
    process.child.kill('SIGTERM')
    expect([await process.exit, partsOf(process)]).toEqual([0, ['late']])
  })

  test('a start that never ends is cut too', async () => {
    const process = run(`part('early'); log.info('waiting'); await new Promise(() => {})`, { PROCESSING_SHUTDOWN_TIMEOUT_SECS: '0.2' })
    await process.line('waiting')
    process.child.kill('SIGTERM')
    expect(await process.exit).toBe(1)
    expect(process.lines).toContainEqual(expect.objectContaining({ msg: 'stop took too long and was cut', part: 'start' }))
    expect(partsOf(process)).toEqual(['early'])
  })

  test.each([
    ['start failed', `part('database'); throw new Error('no Sup3r-S3cret', { cause: new Error('deeper') })`],
    ['uncaught exception', `part('database'); setImmediate(() => { throw new Error('boom') })`],
    ['unhandled rejection', `part('database'); void Promise.reject(new Error('boom'))`],
    ['unhandled rejection', `part('database'); void Promise.reject(undefined)`],
  ])('%s: logged, stopped, exit 1: %s', async (msg, body) => {
    const process = run(body)
    expect(await process.exit).toBe(1)
    expect(process.lines.find((line) => line.level === 'error')?.msg).toBe(msg)
    expect(partsOf(process)).toEqual(['database'])
    expect(process.stdout + process.stderr).not.toContain('Sup3r')
  })

  test('a taken status port is said plainly', async () => {
    const first = run('')
    const { status_port } = await first.line('starting')
    const second = run('', { METRICS_PORT: String(status_port) })
    expect(await second.exit).toBe(1)
    expect(second.stdout).toContain('the port is taken')
  })

  test('configuration notices are logged', async () => {
    const process = run('', { REDIS_PORT_6379_TCP: 'tcp://x' })
    expect(await process.line('configuration notice')).toMatchObject({
      level: 'warn',
      notice: 'not settings, ignored: REDIS_PORT_6379_TCP',
    })
  })

  test('SERVICE_NAME names the instance', async () => {
    expect(await run('', { SERVICE_NAME: 'convert-7' }).line('started')).toMatchObject({ service: 'test', instance: 'convert-7' })
  })

  describe('under a supervisor', () => {
    test.each([
      ['the channel', ['ignore', 'pipe', 'pipe', 'ipc'], (child: ChildProcess): void => child.disconnect()],
      ['stdin', ['pipe', 'pipe', 'pipe'], (child: ChildProcess): void => void child.stdin?.end()],
    ] as const)('stops when %s closes', async (_, stdio, close) => {
      const process = run(`part('database')`, { SUPERVISED: '1' }, [...stdio])
      await process.line('started')
      close(process.child)
      expect([await process.exit, partsOf(process)]).toEqual([0, ['database']])
      expect(process.lines.at(-1)).toMatchObject({ reason: 'supervisor gone' })
    })

    test('stops also when nobody reads its lines any more', async () => {
      const process = run(`onStop('chatty', () => { for (let i = 0; i < 1000; i++) log.info('still here') })`, { SUPERVISED: '1' }, [
        'pipe',
        'pipe',
        'pipe',
      ])
      await process.line('started')
      process.child.stdout?.destroy()
      process.child.stderr?.destroy()
      process.child.stdin?.end()
      expect(await process.exit).toBe(0)
    })

    test('without SUPERVISED a closed stdin means nothing', async () => {
      const process = run(`log.info('ready')`, {}, ['pipe', 'pipe', 'pipe'])
      await process.line('started')
      process.child.stdin?.end()
      process.child.kill('SIGTERM')
      expect(await process.exit).toBe(0)
      expect(process.lines.at(-1)).toMatchObject({ reason: 'SIGTERM' })
    })
  })
})
