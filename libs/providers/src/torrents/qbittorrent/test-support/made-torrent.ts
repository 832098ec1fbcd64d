import { createHash } from 'node:crypto'
import { makeMagnet } from '../../magnet.js'

export interface MadeTorrent {
  infoHash: string
  bytes: Uint8Array
  magnetUri: string
}

const PIECE = 16_384

/** A .torrent whose pieces nobody has. Files below `.pad/` are fillers. */
export function madeTorrent(name: string, files: Record<string, number>): MadeTorrent {
  const entries = Object.entries(files).map(([path, size]) => {
    const segments = path.split('/').map(text).join('')
    return `d${path.startsWith('.pad/') ? '4:attr1:p' : ''}6:lengthi${size}e4:pathl${segments}ee`
  })
  const total = Object.values(files).reduce((sum, size) => sum + size, 0)
  const pieces = Math.ceil(total / PIECE) * 20
  const info = `d5:filesl${entries.join('')}e4:name${text(name)}12:piece lengthi${PIECE}e6:pieces${pieces}:${'x'.repeat(pieces)}e`
  const infoHash = createHash('sha1').update(info).digest('hex')
  return { infoHash, bytes: Buffer.from(`d4:info${info}e`), magnetUri: makeMagnet(infoHash, name) }
}

function text(value: string): string {
  return `${Buffer.byteLength(value)}:${value}`
}
