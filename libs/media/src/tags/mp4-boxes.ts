import { brokenFile, type TaggedFile } from './tagged-file.js'

const MAX_BOXES = 1000

export interface BoxPlace {
  type: string
  start: number
  end: number
}

/** The boxes on the top level of a file. */
export async function boxesOf(file: TaggedFile): Promise<BoxPlace[]> {
  const boxes: BoxPlace[] = []
  for (let at = 0; at < file.size; ) {
    const head = await file.read(at, Math.min(16, file.size - at))
    const place = placeOf(head, at, file.size)
    boxes.push(place)
    if (boxes.length > MAX_BOXES) throw brokenFile('it has more boxes than any honest MP4')
    at = place.end
  }
  return boxes
}

/** The boxes inside another one's body. */
export function boxesIn(body: Buffer): BoxPlace[] {
  const boxes: BoxPlace[] = []
  for (let at = 0; at < body.length; ) {
    const place = placeOf(body.subarray(at), at, body.length)
    boxes.push(place)
    at = place.end
  }
  return boxes
}

export function box(type: string, ...bodies: Buffer[]): Buffer {
  const length = bodies.reduce((sum, body) => sum + body.length, 8)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...bodies])
}

function placeOf(head: Buffer, start: number, limit: number): BoxPlace {
  if (head.length < 8) throw brokenFile('a box of it is cut off')
  const short = head.readUInt32BE(0)
  const length = short === 1 && head.length >= 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? limit - start : short
  if (length < 8 || start + length > limit) throw brokenFile('a box of it has an impossible size')
  return { type: head.toString('latin1', 4, 8), start, end: start + length }
}
