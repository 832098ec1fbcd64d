import type { Evidence, Verdict } from './rule.js'

/** Torrent engines of today know torrents of version 1 only; a link may still lead to one of both versions. */
export function loadableRule({ candidate }: Evidence): Verdict | undefined {
  const { info_hash, info_hash_v2, download_url, sources, magnet_uri } = candidate
  const mayBeHybrid = download_url !== undefined || sources?.some((source) => source.download_url !== undefined)
  if (info_hash !== undefined || info_hash_v2 === undefined || mayBeHybrid || /urn:btih:/i.test(magnet_uri ?? '')) return undefined
  return { code: 'version_2_only', points: -1, text: 'it is a torrent of version 2 only, which the engine cannot load', reject: true }
}
