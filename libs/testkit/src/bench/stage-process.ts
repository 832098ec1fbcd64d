import { createActiveRuns, itemHandler, stageHandler } from '@torrentino/pipeline'
import { noopConvert, noopStage } from './noop-stages.js'
import { openPipeline, WORKER } from './pipeline.js'

// One worker process of the system with stages that do nothing: what is left is the pipeline itself.

const [name = '', databaseUrl = '', redisUrl = '', concurrency = '20', workMs = '0'] = process.argv.slice(2)

const { bus, deps } = await openPipeline({ databaseUrl, redisUrl }, `${name}-worker`)
const runs = createActiveRuns(deps)
await bus.subscribe({ onEvent: (event) => runs.onEvent(event), onError: () => {} })

const common = { ...WORKER, concurrency: Number(concurrency) }
if (name === 'convert') bus.work({ queue: 'convert', handle: itemHandler(noopConvert(Number(workMs)), deps, runs), ...common })
else if (name === 'search' || name === 'match' || name === 'download' || name === 'place') {
  const stage = noopStage(name, (ticket) => deps.store.tickets.endCleanup(ticket.id, ticket.stageVersion))
  bus.work({ queue: name, handle: stageHandler(stage, deps, runs), ...common })
}
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
