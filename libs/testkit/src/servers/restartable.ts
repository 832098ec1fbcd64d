import type { RunningServer } from './server-process.js'

/** A server of one test file, which the test may stop, kill and start again on the same address. */
export interface TestServer {
  readonly url: string
  readonly pid: number
  signal(signal: NodeJS.Signals): void
  start(): Promise<void>
  /** Orderly. */
  stop(): Promise<void>
  /** Without warning. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** The end of the server and of its data. */
  drop(): Promise<void>
}

export async function restartable(startServer: () => Promise<RunningServer>, removeData: () => Promise<void>): Promise<TestServer> {
  let server = await startServer()
  let running = true
  const { url } = server

  async function end(how: () => unknown): Promise<void> {
    if (!running) return
    // A paused process takes no notice of being asked to stop.
    server.signal('SIGCONT')
    await how()
    await server.exited
    running = false
  }
  async function start(): Promise<void> {
    if (running) return
    server = await startServer()
    running = true
    if (server.url !== url) throw new Error('somebody took the port while the server was down')
  }
  const stop = () => end(() => server.stop())
  return {
    url,
    get pid() {
      return server.pid
    },
    signal: (name) => server.signal(name),
    start,
    stop,
    kill: () => end(() => server.signal('SIGKILL')),
    restart: async () => {
      await stop()
      await start()
    },
    drop: async () => {
      await stop()
      await removeData()
    },
  }
}
