import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** SHA-256 of a file in hex, read in pieces. */
export async function hashFile(path: string, signal?: AbortSignal, onData?: () => void): Promise<string> {
  const hash = createHash('sha256')
  const source = createReadStream(path, { highWaterMark: 1 << 20 })
  if (onData) source.on('data', onData)
  await pipeline(source, hash, { signal })
  return hash.digest('hex')
}
