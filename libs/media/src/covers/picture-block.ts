import { readFile } from 'node:fs/promises'
import type { UsableImage } from './check-image.js'

const FRONT_COVER = 3
const COLOUR_DEPTH = 24

/** FLAC's picture block in base64, which is how Ogg comments carry a cover (METADATA_BLOCK_PICTURE). */
export async function pictureBlock(image: UsableImage): Promise<string> {
  const data = await readFile(image.path)
  const mime = Buffer.from(image.mime, 'latin1')
  const head = [FRONT_COVER, mime.length]
  const facts = [0, image.width, image.height, COLOUR_DEPTH, 0, data.length]
  return Buffer.concat([words(head), mime, words(facts), data]).toString('base64')
}

function words(values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4)
  return buffer
}
