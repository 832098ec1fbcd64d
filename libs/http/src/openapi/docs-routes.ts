import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DomainError } from '@torrentino/domain'
import type { Response } from 'express'
import { z } from 'zod'
import { type Route, route } from '../route.js'
import { type ApiInfo, describeApi } from './describe-api.js'

const ASSETS = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const TYPES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const
type Asset = keyof typeof TYPES

/** The page runs what comes from here and nothing else; its styles are written by its own script. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

/** The description for machines and for people. The page needs nothing from elsewhere. */
export function docsRoutes(info: ApiInfo, routes: readonly Route[], page: string): { description: Route; pages: Route[] } {
  const description: Route = route({
    name: 'getOpenApi',
    method: 'GET',
    path: '/openapi.json',
    access: 'open',
    about: 'This description',
    answer: z.record(z.string(), z.unknown()),
    handle: () => ({ json: document }),
  })
  const document = describeApi(info, [...routes, description])
  const start = `window.onload = () => SwaggerUIBundle({ url: ${JSON.stringify(`${info.prefix.slice(info.prefix.lastIndexOf('/') + 1)}/openapi.json`)}, dom_id: '#api', deepLinking: true, persistAuthorization: true })\n`
  return {
    description,
    pages: [
      route({
        name: 'getDocs',
        method: 'GET',
        path: page,
        access: 'open',
        about: 'This description as a page',
        answer: { type: 'text/html' },
        handle: ({ response }) => send(response, 'text/html; charset=utf-8', pageText(info.title, page)),
      }),
      route({
        name: 'getDocsAsset',
        method: 'GET',
        path: `${page}/:asset`,
        access: 'open',
        about: 'What the page is made of',
        answer: { type: 'application/octet-stream' },
        params: z.strictObject({ asset: z.string().max(100) }),
        handle: async ({ params: { asset }, response }) => {
          if (asset === 'start.js') return send(response, TYPES['swagger-ui-bundle.js'], start)
          if (!Object.hasOwn(TYPES, asset)) throw new DomainError('not_found', 'there is nothing at this address')
          response.writeHead(200, { 'Content-Type': TYPES[asset as Asset], 'Cache-Control': 'max-age=3600' })
          await pipeline(createReadStream(join(ASSETS, asset)), response)
          return undefined
        },
      }),
    ],
  }
}

function pageText(title: string, page: string): string {
  const base = page.slice(page.lastIndexOf('/') + 1)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<link rel="icon" href="${base}/favicon-32x32.png">
<link rel="stylesheet" href="${base}/swagger-ui.css">
<div id="api"></div>
<script src="${base}/swagger-ui-bundle.js"></script>
<script src="${base}/start.js"></script>
</html>
`
}

function send(response: Response, type: string, text: string): undefined {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), 'Content-Security-Policy': PAGE_POLICY })
  response.end(text)
}
