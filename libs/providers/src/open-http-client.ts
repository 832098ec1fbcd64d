import { createHttpClient, type HttpClient, type ProcessContext } from '@torrentino/runtime'

/** The outgoing client of a process: its calls show in the metrics, and it is closed at the stop. */
export function openHttpClient({ metrics, onStop }: Pick<ProcessContext, 'metrics' | 'onStop'>): HttpClient {
  const client = createHttpClient({ onCall: ({ provider, outcome, seconds }) => metrics.externalCall(provider, outcome, seconds) })
  onStop('http client', async () => client.close())
  return client
}
