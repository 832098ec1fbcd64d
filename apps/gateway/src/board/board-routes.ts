import { DomainError } from '@torrentino/domain'
import { type Call, type Route, route } from '@torrentino/http'
import { z } from 'zod'
import type { GatewayDeps } from '../deps.js'
import { boardFile } from './board-file.js'
import { readBoard } from './read-board.js'

export const BOARD = '/admin/queues'

/** Scripts and answers from here alone; its styles are written by its scripts too. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'self'; frame-ancestors 'none'"

const Params = z.record(z.string(), z.string().max(300))
const Query = z.record(z.string(), z.string().max(300))
const MAX_JOBS = 100

/** Bull Board for admins. It only reads. */
export function boardRoutes({ bus, config }: Pick<GatewayDeps, 'bus' | 'config'>): Route[] {
  const board = readBoard(() => bus.jobs.queues)
  const { pages, reads, uiConfig } = board
  const common = { method: 'GET', access: 'admin', login: true, params: Params } as const
  let page: string | undefined
  return [
    ...pages.map((path, index) =>
      route({
        ...common,
        name: `showQueues${index}`,
        path: path === '/' ? BOARD : BOARD + path,
        about: 'The queues as a page',
        answer: { type: 'text/html' },
        query: Query,
        handle: ({ response }) => {
          page ??= board.text(`${config.server.base_path}${BOARD}/`)
          response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_POLICY })
          response.end(page)
          return undefined
        },
      }),
    ),
    ...reads.map(({ path, answer }, index) =>
      route({
        ...common,
        name: `readQueues${index}`,
        path: BOARD + path,
        about: 'What the page shows',
        answer: z.unknown(),
        query: Query,
        handle: async ({ params, query }: Call<z.output<typeof Params>, z.output<typeof Query>, unknown>) => {
          const { status = 200, body } = await answer({
            queues: board.queues,
            uiConfig,
            query: bounded(query),
            params,
            body: {},
            headers: {},
          })
          if (status >= 400) throw new DomainError(status === 404 ? 'not_found' : 'invalid_request', 'the queues have no such thing')
          return { status, json: body }
        },
      }),
    ),
    route({
      ...common,
      name: 'getQueuesFile',
      path: `${BOARD}/static/*file`,
      about: 'What the page is made of',
      answer: { type: 'application/octet-stream' },
      params: z.object({ file: z.array(z.string().max(100)).max(5) }),
      handle: async ({ params: { file }, response }) => {
        await boardFile(board.files, file, response)
        return undefined
      },
    }),
  ]
}

function bounded({ jobsPerPage = '10', ...query }: Record<string, string>): Record<string, string> {
  return { ...query, jobsPerPage: String(Math.min(Number(jobsPerPage) || 10, MAX_JOBS)) }
}
