import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { send, sendFault, type TorznabFault } from './faults.js'
import { CAPS_XML, errorXml, type FeedItem, feedXml, itemXml } from './feed-item.js'

export type { TorznabFault } from './faults.js'
export type { FeedItem } from './feed-item.js'

export interface TorznabOptions {
  items: FeedItem[]
  apiKey?: string
  fault?: TorznabFault
}

export interface TorznabRequest {
  path: string
  params: Record<string, string>
}

export interface TorznabServer {
  /** Address to give to a searcher. */
  url: string
  requests: TorznabRequest[]
  /** Makes every search fail in this way, until it is set to undefined. */
  setFault(fault: TorznabFault | undefined): void
  close(): Promise<void>
}

/** An indexer on the loopback: capabilities, searches by words of the title, downloads and magnet redirects. */
export async function startTorznab(options: TorznabOptions): Promise<TorznabServer> {
  const requests: TorznabRequest[] = []
  let fault = options.fault
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    requests.push({ path: url.pathname, params: Object.fromEntries(url.searchParams) })
    answer(url, request, response)
  })

  function answer(url: URL, request: IncomingMessage, response: ServerResponse) {
    if (request.method !== 'GET') return send(response, 405, 'only GET')
    const download = /^\/dl\/(\d+)\/file\.torrent$/.exec(url.pathname)
    if (download) return sendDownload(response, options, url, Number(download[1]))
    if (url.pathname !== '/api') return send(response, 404, 'not found')
    if (fault) return sendFault(response, fault, searchAnswer(options, url))
    if (!keyFits(options, url)) return send(response, 200, errorXml(100, 'Invalid API Key'))
    if (url.searchParams.get('t') === 'caps') return send(response, 200, CAPS_XML)
    if (url.searchParams.get('t') === 'search') return send(response, 200, searchAnswer(options, url))
    return send(response, 200, errorXml(202, 'No such function'))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
    return closing
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    setFault: (next) => {
      fault = next
    },
    close,
  }
}

function keyFits(options: TorznabOptions, url: URL): boolean {
  return options.apiKey === undefined || url.searchParams.get('apikey') === options.apiKey
}

function searchAnswer(options: TorznabOptions, url: URL): string {
  const wanted = words(url.searchParams.get('q') ?? '')
  const items = options.items.map((item, index) => {
    const title = new Set(words(item.title))
    if (!wanted.every((word) => title.has(word))) return ''
    const key = options.apiKey === undefined ? '' : `?apikey=${encodeURIComponent(options.apiKey)}`
    return itemXml(item, `${url.origin}/dl/${index}/file.torrent${key}`)
  })
  return feedXml(items.join('\n'))
}

function words(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f']/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function sendDownload(response: ServerResponse, options: TorznabOptions, url: URL, index: number) {
  const item = options.items[index]
  if (!keyFits(options, url)) return send(response, 401, 'no access')
  if (item?.offer === 'redirect' && item.magnetUri) return send(response, 302, '', { location: item.magnetUri })
  if (!item?.torrentFile) return send(response, 404, 'not found')
  return send(response, 200, item.torrentFile, { 'content-type': 'application/x-bittorrent' })
}
