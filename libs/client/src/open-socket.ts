import { type ApiError, errorOfAnswer } from './api-error.js'

export interface SocketEvents {
  onText(text: string): void
  /** Once, at the end. `refusal`: the server answered over HTTP; a browser does not tell. */
  onEnd(reason: string, refusal?: ApiError): void
}

export interface Socket {
  /** At once, without waiting for the other side. `onEnd` follows. */
  close(): void
}

const SUBPROTOCOL = 'torrentino'
const HANDSHAKE_MS = 10_000
const MAX_REFUSAL = 64 * 1024

export interface Proof {
  token: string | undefined
  /** Stands for the token once. */
  pass(): Promise<string>
}

/** Node sends the token as a header; a browser can only name subprotocols, which others may see, so it names a pass for this once. */
export async function openSocket(url: string, { token, pass }: Proof, events: SocketEvents): Promise<Socket> {
  const inNode = typeof process !== 'undefined' && process.versions?.node !== undefined
  if (inNode) return openInNode(url, token, events)
  return openInBrowser(url, token === undefined ? undefined : await pass(), events)
}

async function openInNode(url: string, token: string | undefined, { onText, onEnd }: SocketEvents): Promise<Socket> {
  const { WebSocket } = await import('ws')
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const ws = new WebSocket(url, [SUBPROTOCOL], { headers, handshakeTimeout: HANDSHAKE_MS, perMessageDeflate: false })
  let fault = ''
  let refused = false
  ws.on('message', (data) => onText(String(data)))
  ws.on('error', (error) => {
    fault = error.message
  })
  ws.on('close', (code, reason) => {
    if (!refused) onEnd(String(reason) || fault || `closed with code ${code}`)
  })
  ws.on('unexpected-response', (request, response) => {
    refused = true
    let body = ''
    response.on('data', (chunk: Buffer) => {
      body += chunk
      if (body.length > MAX_REFUSAL) response.destroy()
    })
    response.on('error', () => {})
    response.on('close', () => {
      const refusal = errorOfAnswer(response.statusCode ?? 0, body)
      request.destroy()
      onEnd(refusal.message, refusal)
    })
  })
  return { close: () => ws.terminate() }
}

interface BrowserSocket {
  addEventListener(type: string, listener: (event: { data?: unknown; code?: number; reason?: string }) => void): void
  close(): void
}

export function openInBrowser(url: string, pass: string | undefined, { onText, onEnd }: SocketEvents): Socket {
  const { WebSocket } = globalThis as unknown as { WebSocket: new (url: string, protocols: string[]) => BrowserSocket }
  const ws = new WebSocket(url, pass === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, `pass.${pass}`])
  let ended = false
  function end(reason: string): void {
    if (ended) return
    ended = true
    onEnd(reason)
  }
  ws.addEventListener('message', ({ data }) => {
    if (!ended) onText(String(data))
  })
  ws.addEventListener('close', ({ code, reason }) => end(reason || `closed with code ${code}`))
  return {
    close: () => {
      ws.close()
      // The browser may wait long for the other side's good-bye.
      end('closed')
    },
  }
}
