import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { makeMagnet } from '@torrentino/domain'
import { encodeBencode } from './bencode.js'

export interface CreatedTorrent {
  bytes: Uint8Array
  infoHash: string
  magnetUri: string
  name: string
  /** Paths begin with the torrent's name, as the torrent clients give them. */
  files: { path: string; size_bytes: number }[]
}

export interface CreateTorrentOptions {
  trackers?: string[]
  pieceLength?: number
  private?: boolean
  /** Makes it another torrent than an equal one without. */
  source?: string
}

/** Of a file, or of all files below a folder, in the order of their paths. The torrent has the name that it has on disk. */
export async function createTorrentFile(source: string, options: CreateTorrentOptions = {}): Promise<CreatedTorrent> {
  const { trackers = [], pieceLength = 32 * 1024 } = options
  const name = basename(source)
  const paths = (await stat(source)).isDirectory() ? await filesBelow(source) : [source]
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  const listed = paths.map((path, index) => ({ inside: relative(source, path), size: sizes[index] ?? 0 }))
  const single = listed.length === 1 && listed[0]?.inside === ''
  const info = encodeBencode({
    name,
    'piece length': pieceLength,
    pieces: await hashPieces(paths, pieceLength),
    private: options.private ? 1 : undefined,
    source: options.source,
    length: single ? sizes[0] : undefined,
    files: single ? undefined : listed.map(({ inside, size }) => ({ length: size, path: inside.split('/') })),
  })
  const infoHash = createHash('sha1').update(info).digest('hex')
  const announce = trackers.length > 0 ? { announce: trackers[0], 'announce-list': [trackers] } : {}
  return {
    // The info goes in as it was hashed, in the alphabetical place of its key.
    bytes: Buffer.concat([encodeBencode(announce).subarray(0, -1), Buffer.from('4:info'), info, Buffer.from('e')]),
    infoHash,
    magnetUri: makeMagnet(infoHash, name, trackers),
    name,
    files: listed.map(({ inside, size }) => ({ path: join(name, inside), size_bytes: size })),
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function hashPieces(paths: string[], pieceLength: number): Promise<Buffer> {
  const hashes: Buffer[] = []
  let open = createHash('sha1')
  let filled = 0
  for (const path of paths) {
    for await (const chunk of createReadStream(path)) {
      for (let rest: Buffer = chunk; rest.length > 0; ) {
        const part = rest.subarray(0, pieceLength - filled)
        open.update(part)
        filled += part.length
        rest = rest.subarray(part.length)
        if (filled < pieceLength) continue
        hashes.push(open.digest())
        open = createHash('sha1')
        filled = 0
      }
    }
  }
  return Buffer.concat(filled > 0 ? [...hashes, open.digest()] : hashes)
}
