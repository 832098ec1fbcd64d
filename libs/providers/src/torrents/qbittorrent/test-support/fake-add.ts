import { parseMagnet } from '../../magnet.js'
import { parseMetainfo } from '../../metainfo.js'
import { type Call, type Reply, text } from './fake-qbittorrent.js'

/** What it answers tells little until 5.1: even rubbish is fine, and a torrent that it has is a failure. */
export async function handleAdd({ fake, fields, since }: Call): Promise<Reply> {
  const { torrents } = fake
  const file = fields.get('torrents')
  const stopped = text(fields, since('2.11') ? 'stopped' : 'paused') === 'true'
  const change = {
    savePath: text(fields, 'savepath'),
    category: text(fields, 'category'),
    tags: new Set(text(fields, 'tags').split(',')),
    stopAtMetadata: text(fields, 'stopCondition') === 'MetadataReceived',
    state: stopped ? (since('2.11') ? 'stoppedDL' : 'pausedDL') : 'metaDL',
  }
  const bytes = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : null
  const infoHash = bytes ? parseMetainfo(bytes).infoHash : parseMagnet(text(fields, 'urls')).infoHash
  fake.hidden.delete(infoHash)
  if (torrents.byId.has(infoHash)) return since('2.14') ? [409, 'Conflict'] : [200, 'Fails.']
  torrents.add(infoHash, change)
  if (bytes) torrents.describe(infoHash, bytes)
  if (!since('2.14')) return [200, 'Ok.']
  const counts = { success_count: bytes ? 1 : 0, pending_count: bytes ? 0 : 1, failure_count: 0 }
  return [bytes ? 200 : 202, { ...counts, added_torrent_ids: bytes ? [infoHash] : [] }]
}
