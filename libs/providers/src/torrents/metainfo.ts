import { createHash } from 'node:crypto'
import { StageError } from '@torrentino/domain'
import { type BencodeDict, type BencodeValue, decodeBencode, isDict } from './bencode.js'
import { checkFileCount, checkTorrentPaths, type ListedFile } from './torrent-paths.js'
import { usableTrackers } from './trackers.js'

const MAX_BYTES = 10 * 1024 * 1024
const MAX_PIECE_LENGTH = 256 * 1024 * 1024
const HASH_BYTES = 20

/** What a .torrent file says. Paths are relative to the folder it is saved in: `<name>/…`, or `<name>` for a single file. */
export interface Metainfo {
  infoHash: string
  /** Of a hybrid torrent, which can be fetched as one of version 1. */
  infoHashV2?: string
  name: string
  files: ListedFile[]
  totalBytes: number
  pieceLength: number
  pieceCount: number
  private: boolean
  trackers: string[]
}

/** Any bytes give a Metainfo that is safe to fetch, or a StageError. */
export function parseMetainfo(bytes: Uint8Array): Metainfo {
  if (bytes.length > MAX_BYTES) throw invalid(`it is larger than ${MAX_BYTES} bytes`)
  const root = decodeBencode(bytes)
  if (!isDict(root)) throw invalid('it is not a dictionary')
  const info = root.entries.get('info')
  const span = root.spans.get('info')
  if (!isDict(info) || !span) throw invalid('it has no info')

  const name = textOf(info, 'name')
  const files = filesOf(info, name)
  checkTorrentPaths(name, files)
  // The hash is of the bytes as they came: another order of the keys would make another torrent.
  const raw = bytes.subarray(span[0], span[1])
  return {
    infoHash: createHash('sha1').update(raw).digest('hex'),
    ...(info.entries.get('meta version') === 2 ? { infoHashV2: createHash('sha256').update(raw).digest('hex') } : {}),
    name,
    files,
    ...piecesOf(info, files),
    private: info.entries.get('private') === 1,
    trackers: trackersOf(root),
  }
}

function filesOf(info: BencodeDict, name: string): ListedFile[] {
  const list = info.entries.get('files')
  const length = info.entries.get('length')
  if (list === undefined && length === undefined && info.entries.has('file tree')) throw unsupported()
  if (list === undefined) return [{ path: name, size_bytes: sizeOf(length), padding: false }]
  if (length !== undefined) throw invalid('it claims to be one file and many')
  if (!Array.isArray(list) || list.length === 0) throw invalid('its file list is malformed')
  checkFileCount(list.length)
  return list.map((entry) => fileOf(entry, name))
}

function fileOf(entry: BencodeValue, name: string): ListedFile {
  if (!isDict(entry)) throw invalid('its file list is malformed')
  const segments = entry.entries.get('path.utf-8') ?? entry.entries.get('path')
  if (!Array.isArray(segments) || segments.length === 0) throw invalid('a file in it has no path')
  const attributes = entry.entries.get('attr')
  return {
    // A slash inside a segment is kept apart from the one between segments: it is refused with the other unsafe names.
    path: [name, ...segments.map((segment) => decodeName(segment).replaceAll('/', '\u0000'))].join('/'),
    size_bytes: sizeOf(entry.entries.get('length')),
    padding: attributes instanceof Uint8Array && attributes.includes(0x70),
  }
}

function piecesOf(info: BencodeDict, files: ListedFile[]) {
  const totalBytes = files.reduce((sum, file) => sum + file.size_bytes, 0)
  const pieceLength = info.entries.get('piece length')
  const pieces = info.entries.get('pieces')
  if (typeof pieceLength !== 'number' || pieceLength < 1 || pieceLength > MAX_PIECE_LENGTH) throw invalid('its piece length is malformed')
  if (!(pieces instanceof Uint8Array)) throw unsupported()
  if (totalBytes === 0 || !Number.isSafeInteger(totalBytes)) throw invalid('its size is impossible')
  const pieceCount = Math.ceil(totalBytes / pieceLength)
  if (pieces.length !== pieceCount * HASH_BYTES) throw invalid('its pieces do not cover its files')
  return { totalBytes, pieceLength, pieceCount }
}

function trackersOf(root: BencodeDict): string[] {
  const tiers = root.entries.get('announce-list')
  const listed = Array.isArray(tiers) ? tiers.slice(0, 200).flatMap((tier) => (Array.isArray(tier) ? tier.slice(0, 200) : [])) : []
  return usableTrackers([root.entries.get('announce'), ...listed].map((value) => (value instanceof Uint8Array ? utf8(value) : '')))
}

function textOf(info: BencodeDict, key: string): string {
  const value = info.entries.get(`${key}.utf-8`) ?? info.entries.get(key)
  return decodeName(value)
}

function sizeOf(value: BencodeValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw invalid('a file in it has no proper size')
  return value
}

/** Names that are not UTF-8 are percent-encoded whole, as the built-in engine writes them to disk. */
function decodeName(value: BencodeValue | undefined): string {
  if (!(value instanceof Uint8Array) || value.length === 0) throw invalid('a name in it is missing')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
  } catch {
    return Buffer.from(value)
      .toString('latin1')
      .replace(/[^A-Za-z0-9\-._~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
  }
}

function utf8(value: Uint8Array): string {
  return Buffer.from(value).toString('utf8')
}

function invalid(why: string): StageError {
  return new StageError('permanent', 'torrent_invalid', `The torrent cannot be read: ${why}. Choose another release.`)
}

function unsupported(): StageError {
  return new StageError(
    'permanent',
    'torrent_unsupported',
    'The torrent is of version 2 only, which the engine cannot fetch. Choose another release.',
  )
}
