import type { RedisNode } from './redis-node.js'

interface Move {
  slot: number
  from: RedisNode
  to: RedisNode
  /** Where the nodes reach the new one. */
  port: number
  /** All masters. */
  masters: readonly RedisNode[]
  password: string
  between(): Promise<unknown>
}

const AT_ONCE = 3
const TIMEOUT_MS = 10_000

/** As `redis-cli --cluster reshard` does it, with work in between. */
export async function moveSlot({ slot, from, to, port, masters, password, between }: Move): Promise<void> {
  const [fromId, toId] = await Promise.all([from, to].map((node) => node.ask((redis) => redis.call('CLUSTER', 'MYID'))))
  const setSlot = (node: RedisNode, ...what: unknown[]) =>
    node.ask((redis) => redis.call('CLUSTER', 'SETSLOT', slot, ...(what as string[])))
  await setSlot(to, 'IMPORTING', fromId)
  await setSlot(from, 'MIGRATING', toId)
  for (;;) {
    const keys = (await from.ask((redis) => redis.call('CLUSTER', 'GETKEYSINSLOT', slot, AT_ONCE))) as string[]
    if (keys.length === 0) break
    await from.ask((redis) => redis.call('MIGRATE', '127.0.0.1', port, '', 0, TIMEOUT_MS, 'AUTH', password, 'KEYS', ...keys))
    await between()
  }
  await setSlot(to, 'NODE', toId)
  await setSlot(from, 'NODE', toId)
  for (const other of masters.filter((node) => node !== from && node !== to)) await setSlot(other, 'NODE', toId)
}
