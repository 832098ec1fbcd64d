import { magnetHashes } from '@torrentino/domain'

/** A magnet of either version, or of both; with no `infoHash` no engine of ours can fetch it. */
export interface MagnetLink {
  magnetUri: string
  infoHash?: string
  infoHashV2?: string
}

/** Undefined where the text is no magnet, or one that leaves open which torrent is meant. */
export function readMagnetLink(text: string | undefined): MagnetLink | undefined {
  const magnetUri = text?.trim() ?? ''
  const { v1, v2 } = magnetHashes(magnetUri)
  if (v1.length > 1 || v2.length > 1 || v1.length + v2.length === 0) return undefined
  return { magnetUri, infoHash: v1[0], infoHashV2: v2[0] }
}
