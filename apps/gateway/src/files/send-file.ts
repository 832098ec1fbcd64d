import { basename } from 'node:path'
import { finished } from 'node:stream/promises'
import { DomainError, type PlacedFile } from '@torrentino/domain'
import type { Request, Response } from 'express'
import type { OpenedFile } from './open-under-roots.js'

interface Part {
  start: number
  end: number
}

/** Sends the file or the part that was asked for; says whether all of it went out. */
export async function sendFile(
  request: Request,
  response: Response,
  file: PlacedFile,
  opened: OpenedFile,
  completedAt: Date,
): Promise<boolean> {
  const untouched = isUntouched(file, opened, completedAt)
  const etag = untouched ? `"${file.sha256}"` : `"${opened.size.toString(16)}-${opened.modified.getTime().toString(16)}"`
  response.attachment(basename(file.path))
  response.set({
    ETag: etag,
    'Last-Modified': opened.modified.toUTCString(),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    'Content-Type': file.content_type,
    // Of the whole file, also where a part is sent (RFC 9530).
    ...(untouched && { 'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:` }),
  })
  if (isKnown(request.get('if-none-match'), etag)) {
    response.removeHeader('Content-Type')
    response.writeHead(304).end()
    return true
  }
  const part = partOf(request, response, opened.size, etag)
  const { start, end } = part ?? { start: 0, end: opened.size - 1 }
  if (part) response.setHeader('Content-Range', `bytes ${start}-${end}/${opened.size}`)
  response.writeHead(part ? 206 : 200, { 'Content-Length': end - start + 1 })
  if (request.method === 'HEAD' || end < start) {
    response.end()
    return true
  }
  return stream(response, opened, { start, end })
}

/** The hash stands for the content as placed; a file that was changed since must not pass for it. */
function isUntouched({ size }: PlacedFile, opened: OpenedFile, completedAt: Date): boolean {
  return opened.size === size && opened.modified <= completedAt
}

function isKnown(condition: string | undefined, etag: string): boolean {
  const tags = condition?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}

/** Undefined: the whole file, which is also the answer to several ranges and to a range of another content. */
function partOf(request: Request, response: Response, size: number, etag: string): Part | undefined {
  const condition = request.get('if-range')
  if (condition !== undefined && condition !== etag) return undefined
  const ranges = request.range(size, { combine: true })
  if (ranges === -1) {
    response.setHeader('Content-Range', `bytes */${size}`)
    throw new DomainError('range_not_satisfiable', `the file has ${size} bytes`, {
      errors: [{ path: 'Range', message: 'lies outside the file' }],
    })
  }
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined
  return ranges[0]
}

async function stream(response: Response, { handle }: OpenedFile, part: Part): Promise<boolean> {
  const content = handle.createReadStream({ ...part, autoClose: false })
  content.pipe(response, { end: false })
  response.once('close', () => content.destroy())
  try {
    await finished(content, { cleanup: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return false
    throw error
  }
  if (content.bytesRead !== part.end - part.start + 1) {
    // The file shrank under our hands: a cut connection tells what a short body would hide.
    response.destroy()
    return false
  }
  response.end()
  return true
}
