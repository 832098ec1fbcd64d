import type { Bus } from '@torrentino/bus'
import { noteClientHealth } from '@torrentino/pipeline'
import type { ClientPool, Health } from './pool.js'

const TELL_MS = 10_000

/** Able to work as long as one of them is. Each that is not is named. */
export async function poolHealth(pool: ClientPool): Promise<Health> {
  const all = await Promise.all(pool.members.map(async ({ name, health }) => ({ name, ...(await health()) })))
  const ill = all.filter(({ ok }) => !ok)
  const said = ill.map(({ name, message = 'It is not well.' }) => (all.length > 1 ? `${name}: ${message}` : message))
  return { ok: ill.length < all.length, ...(ill.length > 0 ? { message: said.join(' ') } : {}) }
}

/** Tells all processes now and then how each client is. Answers how to stop. */
export function tellHealth(pool: ClientPool, { memory }: Pick<Bus, 'memory'>): () => void {
  async function tell(): Promise<void> {
    for (const { name, health } of pool.members) {
      const { ok, version } = await health()
      await noteClientHealth({ memory }, name, { ok, version: version ?? null }, 3 * TELL_MS)
    }
  }
  let isTelling = false
  const timer = setInterval(() => {
    if (isTelling) return
    isTelling = true
    void tell()
      .catch(() => {})
      .finally(() => {
        isTelling = false
      })
  }, TELL_MS)
  void tell().catch(() => {})
  return () => clearInterval(timer)
}
