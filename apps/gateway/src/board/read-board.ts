import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type { AppControllerRoute, AppViewRoute, BullBoardQueues, IServerAdapter, UIConfig } from '@bull-board/api/typings/app'
import type { Bus } from '@torrentino/bus'

/** Bull Board as it is, of which only what reads is taken. */
export interface Board {
  /** Paths of the page, in Express's form. */
  pages: string[]
  /** Questions of the page: path and answer. */
  reads: { path: string; answer: AppControllerRoute['handler'] }[]
  /** Where the files of the page lie. */
  files: string
  queues: BullBoardQueues
  uiConfig: UIConfig
  /** The page for this address of its folder. */
  text(folder: string): string
}

const UI = dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'))

/** The queues are shown from the first question on. Their switches are neither shown nor there: what is at work says Postgres, not Redis. */
export function readBoard(queues: () => Bus['jobs']['queues']): Board {
  const { adapter, parts } = collector()
  const { setQueues } = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiBasePath: UI, uiConfig: { boardTitle: 'Queues', hideDocsLink: true } },
  })
  let shown = false
  const { uiConfig, entry } = parts
  return {
    pages: [entry.route].flat(),
    reads: parts.routes
      .filter(({ method }) => [method].flat().includes('get'))
      .flatMap(({ route, handler }) => [route].flat().map((path) => ({ path, answer: handler }))),
    files: join(UI, 'dist/static'),
    get queues() {
      if (!shown) setQueues(queues().map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })))
      shown = true
      return parts.queues
    },
    uiConfig,
    text: (folder) => fill(readFileSync(join(UI, 'dist', 'index.ejs'), 'utf8'), entry.handler({ basePath: folder, uiConfig }).params),
  }
}

interface Parts {
  queues: BullBoardQueues
  entry: AppViewRoute
  routes: AppControllerRoute[]
  uiConfig: UIConfig
}

/** Bull Board gives what it is made of to a server, and asks nothing of it. */
function collector(): { adapter: IServerAdapter; parts: Parts } {
  const parts: Partial<Parts> = {}
  const keep =
    <K extends keyof Parts>(name: K) =>
    (value: Parts[K]) => {
      parts[name] = value
      return adapter
    }
  const adapter: IServerAdapter = {
    setQueues: keep('queues'),
    setEntryRoute: keep('entry'),
    setApiRoutes: keep('routes'),
    setUIConfig: keep('uiConfig'),
    setViewsPath: () => adapter,
    setStaticPath: () => adapter,
    setErrorHandler: () => adapter,
  }
  return { adapter, parts: parts as Parts }
}

/** The template knows only the names of values, raw (`<%-`) for JSON that is safe in a page. Its fonts would come from elsewhere. */
function fill(template: string, values: Record<string, string>): string {
  return template
    .replaceAll(/<link href="https:[^>]*>/g, '')
    .replaceAll(/<%([-=]) (\w+) %>/g, (_all, kind: string, name: string) => (kind === '-' ? values[name] : escaped(values[name])) ?? '')
}

function escaped(text = ''): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
