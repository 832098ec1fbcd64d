import { setTimeout as pause } from 'node:timers/promises'
import type { StreamMessage } from '@torrentino/domain'
import { WebSocket } from 'ws'

const HINTS = new Set(['hello', 'heartbeat', 'progress'])
const AGAIN_MS = 50

/** A client that comes back at the next gateway whenever it was sent away, and asks for what came after the last it has. */
export interface Follower {
  /** The first message after this one is its first. */
  begin: number
  /** Ids of all that it got, in the order of arrival. */
  ids: number[]
  /** A gateway told it that its history is another one. */
  resets: number
  connections: number
  end(): Promise<void>
}

export async function follow(urls: readonly string[], first: number): Promise<Follower> {
  let current: WebSocket | undefined
  let isOver = false
  let greeted: () => void = () => {}
  const ready = new Promise<void>((resolve) => {
    greeted = resolve
  })
  const follower: Follower = {
    ...{ begin: -1, ids: [], resets: 0, connections: 0 },
    async end() {
      isOver = true
      current?.terminate()
      await following
    },
  }

  function take(message: StreamMessage): void {
    if (message.type === 'hello') {
      follower.connections += 1
      if (message.reset) follower.resets += 1
      if (follower.begin < 0) follower.begin = message.id
      greeted()
    } else if (!HINTS.has(message.type)) follower.ids.push(message.id)
  }

  async function connect(url: string): Promise<void> {
    const since = follower.ids.at(-1) ?? follower.begin
    const ws = new WebSocket(`${url.replace('http', 'ws')}/ws${since < 0 ? '' : `?since=${since}`}`)
    current = ws
    ws.on('message', (data) => take(JSON.parse(String(data))))
    ws.on('error', () => {})
    await new Promise((resolve) => ws.once('close', resolve))
  }

  async function run(): Promise<void> {
    for (let nr = first; !isOver; nr += 1) {
      await connect(urls[nr % urls.length] ?? '')
      if (!isOver) await pause(AGAIN_MS)
    }
  }

  const following = run()
  await ready
  return follower
}
