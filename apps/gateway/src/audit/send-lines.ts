import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

const headersOf = (file: string) => ({
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  'Content-Disposition': `attachment; filename="${file}"`,
})

/** Sends pages as JSON Lines at the pace of the reader; stops reading pages when the reader goes. */
export async function sendLines<T>(
  response: Response,
  file: string,
  pages: AsyncGenerator<T[]>,
): Promise<{ entries: number; complete: boolean }> {
  // The first page is read before the head is sent, so that a fault can still be told properly.
  const first = await pages.next()
  response.writeHead(200, headersOf(file))
  let entries = 0
  if (response.req.method === 'HEAD') {
    await pages.return(undefined)
    response.end()
    return { entries, complete: true }
  }
  async function* lines(): AsyncGenerator<string> {
    try {
      for (let page = first; !page.done; page = await pages.next()) {
        entries += page.value.length
        yield page.value.map((entry) => `${JSON.stringify(entry)}\n`).join('')
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
