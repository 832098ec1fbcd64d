import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

const PIECE_BYTES = 1 << 20

/** Into a file that is not there yet. */
export async function copyFileBytes(from: string, to: string, signal?: AbortSignal, onData?: () => void): Promise<void> {
  const source = createReadStream(from, { highWaterMark: PIECE_BYTES })
  if (onData) source.on('data', onData)
  await pipeline(source, createWriteStream(to, { flags: 'wx', highWaterMark: PIECE_BYTES }), { signal })
}
