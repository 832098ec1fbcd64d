import { redactText } from '@torrentino/runtime'
import { openStore } from '@torrentino/store'

/** Leaves word of a refused configuration in the audit, where the database can be reached with what was given. */
export async function noteConfigFaults(service: string, faults: readonly string[]): Promise<void> {
  const url = process.env.DATABASE_URL ?? process.env.DATABASE__URL
  if (!url || !URL.canParse(url)) return
  const store = openStore({ url, poolSize: 1, pooled: Boolean(process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE__DIRECT_URL) })
  try {
    const errors = faults.map((fault) => redactText(fault))
    await store.audit.append({ ticketId: null, actor: service, event: { type: 'ConfigValidationFailed', payload: { service, errors } } })
  } finally {
    await store.close()
  }
}
