import { parseMagnet } from '../torrents/magnet.js'

/** The magnet with its v1 hash, or undefined where the text is no magnet that can be used. */
export function readMagnet(text: string | undefined): { magnetUri: string; infoHash: string } | undefined {
  const magnetUri = text?.trim() ?? ''
  if (!/^magnet:/i.test(magnetUri)) return undefined
  try {
    return { magnetUri, infoHash: parseMagnet(magnetUri).infoHash }
  } catch {
    return undefined
  }
}
