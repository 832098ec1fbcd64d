import { openBus } from '@torrentino/bus'
import { createActiveRuns, itemHandler, type PipelineDeps, stageHandler } from '@torrentino/pipeline'
import { silentLogger } from '@torrentino/runtime'
import { openStore } from '@torrentino/store'
import { noopConvert, noopStage } from './noop-stages.js'

// One worker process of the system with stages that do nothing: what is left is the pipeline itself.

const [name = '', databaseUrl = '', redisUrl = '', concurrency = '20', workMs = '0'] = process.argv.slice(2)

const store = openStore({ url: databaseUrl, poolSize: 10 })
const bus = openBus({ url: redisUrl, prefix: 'bench', onError: () => {} })
const deps: PipelineDeps = {
  store,
  bus,
  log: silentLogger,
  metrics: { stageRun: () => {} },
  actor: `${name}-worker`,
  retry: { maxAttempts: 3, initialMs: 1000, maxMs: 10_000, maxCrashes: 5 },
  now: () => new Date(),
}
const runs = createActiveRuns(deps)
await bus.ready()
await bus.subscribe({ onEvent: (event) => runs.onEvent(event), onError: () => {} })

const common = { concurrency: Number(concurrency), lockMs: 4000, stalledCheckMs: 2000, onError: () => {}, onStalled: () => {} }
if (name === 'convert') bus.work({ queue: 'convert', handle: itemHandler(noopConvert(Number(workMs)), deps, runs), ...common })
else if (name === 'search' || name === 'match' || name === 'download' || name === 'place') {
  const stage = noopStage(name, (ticket) => store.tickets.endCleanup(ticket.id, ticket.stageVersion))
  bus.work({ queue: name, handle: stageHandler(stage, deps, runs), ...common })
}
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
