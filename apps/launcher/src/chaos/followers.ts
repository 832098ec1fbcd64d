import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@torrentino/client'
import { messagesOfStep } from '@torrentino/domain'
import type { Random } from './random.js'
import type { World } from './world.js'

/** Somebody who wants to hear of everything, and goes away and comes back as it pleases him. */
export interface Follower {
  heard: number[]
  faults: string[]
  lastId(): number
  stop(): Promise<void>
}

const STAY_MS = [2000, 15_000] as const

export function follow(client: Client, random: Random): Follower {
  const heard: number[] = []
  const faults: string[] = []
  const over = new AbortController()
  let last = 0

  async function listen(): Promise<void> {
    const leaving = new AbortController()
    const stay = delay(random.between(...STAY_MS), undefined, { signal: over.signal }).catch(() => {})
    const listening = client.stream({
      since: last,
      signal: leaving.signal,
      onMessage(message) {
        if (message.type === 'progress') return
        if (message.id <= last) faults.push(`${message.id} came after ${last}`)
        heard.push(message.id)
        last = message.id
      },
      onState(state) {
        if (state.state === 'open' && state.reset) faults.push(`was told that the history is another one, at ${last}`)
      },
    })
    await Promise.race([stay, listening])
    leaving.abort()
    await listening
  }

  const life = (async () => {
    while (!over.signal.aborted) await listen()
  })().catch((error) => {
    faults.push(`the stream ended: ${error}`)
  })
  return {
    heard,
    faults,
    lastId: () => last,
    async stop() {
      over.abort()
      await life
    },
  }
}

/** Every durable message, as the table of steps has it. */
export async function allMessages({ it }: World): Promise<number[]> {
  const [row] = await it.sql.query<{ last: string | null }>('select max(seq)::text as last from ticket_transitions')
  const steps = await it.store.steps.between(0, Number(row?.last ?? 0), 1_000_000)
  return steps.flatMap(messagesOfStep).map(({ id }) => id)
}

export function faultsOfFollower(name: string, { heard, faults }: Follower, expected: readonly number[]): string[] {
  const known = new Set(heard)
  const lacking = expected.filter((id) => !known.has(id))
  const surplus = heard.length - known.size
  return [
    ...faults,
    ...(lacking.length > 0 ? [`${lacking.length} messages never came: ${lacking.slice(0, 20)}`] : []),
    ...(surplus > 0 ? [`${surplus} messages came twice`] : []),
  ].map((fault) => `${name}: ${fault}`)
}
