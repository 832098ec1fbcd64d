import type { ProcessContext } from '@torrentino/runtime'
import { openStore, type Store } from '@torrentino/store'
import { openAuditFile } from './audit-file.js'

/** The store of a process, by its configuration; closed at the stop. */
export function openProcessStore({ config, log, onStop }: Pick<ProcessContext, 'config' | 'log' | 'onStop'>): Store {
  const path = config.audit.log_file
  const file = path
    ? openAuditFile(path, (error) => log.error('audit file not written, the database has the entries', { error }))
    : undefined
  if (file) {
    process.on('SIGHUP', file.reopen)
    onStop('audit file', file.close)
  }
  const store = openStore({
    url: config.database.url.reveal(),
    poolSize: config.database.pool_size,
    pooled: config.database.direct_url !== undefined,
    onError: (error) => log.warn('database connection lost', { error }),
    onAudit: file?.append,
  })
  onStop('store', () => store.close())
  return store
}
