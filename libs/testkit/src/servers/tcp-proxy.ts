import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** Stands between a client and a server of any protocol, and makes the line between them a bad one. */
export interface TcpProxy {
  port: number
  /** The address of the server with the proxy in its place. */
  url: string
  /** Lines that are open at this moment. */
  lines(): number
  /** Resets all lines; new ones may be opened at once. */
  cut(): void
  /** While it is true lines are opened and held, and nothing passes. */
  silent: boolean
  /** While it is true whoever calls is turned away. */
  closed: boolean
  /** For each piece of data and each way. */
  delayMs: number
  close(): Promise<void>
}

const SILENT_LOOK_MS = 20

/** `target` is a URL with host and port, such as redis://:password@127.0.0.1:6379/0. Listens where it is told, by default at any port. */
export async function startTcpProxy(target: string, listenAt = 0): Promise<TcpProxy> {
  const { hostname, port } = new URL(target)
  const lines = new Set<Socket>()

  function open(near: Socket): void {
    if (proxy.closed) return void near.resetAndDestroy()
    const far = connect(Number(port), hostname)
    join(near, far)
    join(far, near)
  }

  function join(from: Socket, to: Socket): void {
    lines.add(from)
    from.setNoDelay(true)
    from.on('error', () => {})
    from.once('close', () => {
      lines.delete(from)
      to.destroy()
    })
    void carry(from, to)
  }

  async function carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const piece of from.iterator({ destroyOnReturn: false })) {
        if (proxy.delayMs > 0) await delay(proxy.delayMs)
        while (proxy.silent && !to.destroyed) await delay(SILENT_LOOK_MS)
        if (!to.write(piece)) await once(to, 'drain')
      }
      to.end()
    } catch {
      to.destroy()
    }
  }

  const server = createServer({ allowHalfOpen: true }, open)
  server.listen(listenAt, '127.0.0.1')
  await once(server, 'listening')
  const own = (server.address() as AddressInfo).port
  const url = new URL(target)
  url.host = `127.0.0.1:${own}`
  const cut = () => {
    for (const line of lines) line.resetAndDestroy()
  }
  const proxy: TcpProxy = {
    port: own,
    url: url.href,
    lines: () => lines.size,
    cut,
    silent: false,
    closed: false,
    delayMs: 0,
    async close() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
  return proxy
}
