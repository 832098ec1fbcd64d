import { noteConfigFaults } from '@torrentino/pipeline'
import { runProcess } from '@torrentino/runtime'
import { startGateway } from './compose.js'

await runProcess(
  'gateway',
  async (ctx) => {
    const { url } = await startGateway(ctx)
    ctx.log.info('listening', { url, api: `${url}/api/v1`, auth: ctx.config.auth.method.join(', ') })
  },
  noteConfigFaults,
)
