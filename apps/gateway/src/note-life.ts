import { startedEvent, stoppedEvent } from '@torrentino/pipeline'
import { type ProcessContext, retryForever } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'

const FAREWELL_MS = 1000

/** Writes the start into the audit as soon as Postgres takes it, and the stop if it takes that at once. */
export function noteLife({ config, log, service, signal, onStop }: ProcessContext, store: Store): void {
  const at = new Date()
  const note = { ticketId: null, actor: service }
  let started = false
  const noted = retryForever(() => store.audit.append({ ...note, event: startedEvent(service, config), at }), { signal }).then(
    () => {
      started = true
    },
    (error) => log.debug('start not noted in the audit', { error }),
  )
  onStop('farewell', async () => {
    await Promise.race([noted, shortly()])
    if (started) await Promise.race([store.audit.append({ ...note, event: stoppedEvent(service) }).catch(() => {}), shortly()])
  })
}

function shortly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())
}
