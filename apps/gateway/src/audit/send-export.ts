import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { ExportFormat } from './export-formats.js'

/** Sends pages at the pace of the reader; stops reading pages when the reader goes. */
export async function sendExport<T>(
  response: Response,
  { file, type, head, write }: ExportFormat<T>,
  pages: AsyncGenerator<T[]>,
): Promise<{ entries: number; complete: boolean }> {
  // The first page is read before the head is sent, so that a fault can still be told properly.
  const first = await pages.next()
  response.writeHead(200, { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${file}"` })
  let entries = 0
  if (response.req.method === 'HEAD') {
    await pages.return(undefined)
    response.end()
    return { entries, complete: true }
  }
  async function* lines(): AsyncGenerator<string> {
    try {
      if (head !== '') yield head
      for (let page = first; !page.done; page = await pages.next()) {
        entries += page.value.length
        yield page.value.map(write).join('')
      }
    } finally {
      await pages.return(undefined)
    }
  }
  try {
    await pipeline(Readable.from(lines()), response)
    return { entries, complete: true }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    return { entries, complete: false }
  }
}
