import { StageError } from '@torrentino/domain'

/** Of a client that cannot be used at present, whatever the torrent: its tickets wait, and none of them fails for it. */
const AWAY = new Set([
  ...['client_unreachable', 'client_auth', 'client_banned', 'client_too_old', 'interface_down', 'engine_unavailable'],
  ...['no_client', 'client_full', 'client_changed'],
])

export function isClientAway(error: unknown): error is StageError {
  return error instanceof StageError && AWAY.has(error.code)
}

/** Says whose fault it is, where there are several. */
export async function naming<T>(client: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isClientAway(error)) throw error
    throw new StageError(error.kind, error.code, `Torrent client ${client}: ${error.message}`, { cause: error })
  }
}
