import type { Duplex } from 'node:stream'

/** Gathers what one turn of the event loop writes to a socket into one system call. */
export interface Flusher {
  write(socket: Duplex, bytes: Buffer): void
}

export function createFlusher(): Flusher {
  const corked = new Set<Duplex>()

  function flush(): void {
    for (const socket of corked) socket.uncork()
    corked.clear()
  }

  return {
    write(socket, bytes) {
      if (!corked.has(socket)) {
        socket.cork()
        if (corked.size === 0) setImmediate(flush)
        corked.add(socket)
      }
      socket.write(bytes)
    },
  }
}
