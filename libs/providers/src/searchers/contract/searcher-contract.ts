import { afterAll, beforeAll } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import { OPEN_GATE } from '../indexer-gate.js'
import { anythingContract } from './anything.js'
import { download } from './downloads.js'
import { faultsContract } from './faults.js'
import { filesContract } from './files.js'
import { type ContractKind, type ContractRun, KEY, query, signal } from './kind.js'
import { offersContract } from './offers.js'
import { type ContractServer, type Reply, startContractServer } from './server.js'

/** What every searcher must do, whatever its indexer does. To be called at the top of a test file. */
export function searcherContract(kind: ContractKind): void {
  const http = createHttpClient()
  let server: ContractServer
  let answer: () => Reply = () => ({})
  beforeAll(async () => {
    server = await startContractServer((url, headers) => {
      if (url.pathname.startsWith('/dl/')) return download(url)
      if (!kind.hasKey(url, headers, KEY)) return kind.wrongKey
      return kind.aside?.(url) ?? answer()
    })
  })
  afterAll(async () => {
    http.close()
    await server.close()
  })

  const run: ContractRun = {
    kind,
    searcher(more) {
      const url = `${server.origin}${kind.address}`
      return kind.create({ name: 'loop', url, apiKey: KEY, timeoutMs: 60_000, feedKeptMs: 0, ...more }, { http, gate: OPEN_GATE })
    },
    answerWith(reply) {
      answer = typeof reply === 'function' ? reply : () => reply
    },
    find(reply, more) {
      run.answerWith(reply)
      return run.searcher(more).search(query, { signal })
    },
    offering: (...offered) => ({ body: kind.document(offered.map(kind.item)) }),
    link: (path) => `${server.origin}/dl/${path}?apikey=${encodeURIComponent(KEY)}&path=x`,
    origin: () => server.origin,
    taken: () => server.taken(),
  }
  offersContract(run)
  filesContract(run)
  faultsContract(run)
  anythingContract(run)
}
