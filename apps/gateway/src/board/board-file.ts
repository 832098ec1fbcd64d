import { createReadStream, readdirSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DomainError } from '@torrentino/domain'

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

const listed = new Map<string, Set<string>>()

/** Sends one of the files that lie in the folder; what is asked for is looked up, never opened. */
export async function boardFile(folder: string, path: readonly string[], response: ServerResponse): Promise<void> {
  const type = TYPES[extname(path.at(-1) ?? '')]
  if (type === undefined || !filesBelow(folder).has(path.join('/'))) throw new DomainError('not_found', 'there is nothing at this address')
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'private, max-age=3600' })
  await pipeline(createReadStream(join(folder, ...path)), response)
}

function filesBelow(folder: string): Set<string> {
  const known = listed.get(folder)
  if (known) return known
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = new Set(entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/')))
  listed.set(folder, files)
  return files
}
