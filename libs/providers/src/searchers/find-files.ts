import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { parseMetainfo } from '../torrents/metainfo.js'
import { indexerError, refuseStatus } from './indexer-error.js'
import type { IndexerGet } from './indexer-get.js'
import { readMagnetLink } from './magnet-link.js'
import type { FoundFiles, SearchOptions } from './searcher.js'

const MAX_TORRENT_BYTES = 10_000_000
const MAX_REDIRECTS = 3

/** File list of a candidate: from its .torrent where one can be had, else only the hash of its magnet. */
export async function findFiles(
  indexer: string,
  candidate: TorrentCandidate,
  get: IndexerGet,
  options: SearchOptions,
): Promise<FoundFiles | null> {
  if (!candidate.download_url) return fromMagnet(candidate.magnet_uri)
  try {
    return await follow(indexer, candidate.download_url, get, options)
  } catch (error) {
    options.signal.throwIfAborted()
    if (error instanceof StageError && readMagnetLink(candidate.magnet_uri)?.infoHash) return fromMagnet(candidate.magnet_uri)
    throw error
  }
}

function fromMagnet(uri: string | undefined): FoundFiles | null {
  const magnet = readMagnetLink(uri)
  if (!magnet) return null
  const { magnetUri, infoHash, infoHashV2 } = magnet
  if (infoHash === undefined)
    throw new StageError(
      'permanent',
      'torrent_unsupported',
      'The torrent is of version 2 only, which cannot be downloaded. Choose another release.',
    )
  return { infoHash, ...(infoHashV2 && { infoHashV2 }), files: [], magnetUri }
}

/** Download links of proxies end in a .torrent or in a redirect to `magnet:`, so redirects are taken one by one. */
async function follow(indexer: string, start: string, get: IndexerGet, { signal, once }: SearchOptions): Promise<FoundFiles> {
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const answer = await get(url, { signal, maxBytes: MAX_TORRENT_BYTES, once })
    const { location } = answer.headers
    if (answer.status < 300 || answer.status >= 400 || !location) {
      refuseStatus(indexer, answer)
      return readTorrent(indexer, answer.body)
    }
    const magnet = fromMagnet(location)
    if (magnet) return magnet
    url = nextUrl(indexer, location, url)
  }
  throw indexerError('permanent', indexer, `its download link redirects more than ${MAX_REDIRECTS} times`)
}

function nextUrl(indexer: string, location: string, from: string): string {
  const next = URL.canParse(location, from) ? new URL(location, from) : undefined
  if (next?.protocol === 'http:' || next?.protocol === 'https:') return next.href
  throw indexerError('permanent', indexer, `its download link redirects to something that is neither a magnet nor a web address`)
}

function readTorrent(indexer: string, body: Buffer): FoundFiles {
  const text = body.subarray(0, 8192).toString('latin1').trimStart()
  if (text.startsWith('magnet:')) {
    const magnet = fromMagnet(text.split(/\s/)[0])
    if (magnet) return magnet
  }
  if (text.startsWith('<')) throw indexerError('retryable', indexer, 'answered with a page where a .torrent was due')
  const { infoHash, infoHashV2, files } = parseMetainfo(body)
  const listed = files.filter((file) => !file.padding).map(({ path, size_bytes }) => ({ path, size_bytes }))
  return { infoHash, ...(infoHashV2 && { infoHashV2 }), files: listed, torrentFile: new Uint8Array(body) }
}
