import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import { type ContractRun, HASH, MAGNET, signal } from './kind.js'
import { HYBRID_INFO, INFO } from './torrents.js'

const sha = (algorithm: string, text: string) => createHash(algorithm).update(text, 'latin1').digest('hex')

export function filesContract({ find, offering, link, searcher }: ContractRun): void {
  describe('files', () => {
    const listed = [
      { path: 'Album/01.mp3', size_bytes: 7 },
      { path: 'Album/CD2/02.mp3', size_bytes: 9 },
    ]
    async function filesOf(path: string) {
      const [found] = await find(offering({ title: 'Good', link: link(path) }))
      expect(found?.info_hash).toBeUndefined()
      return searcher().getFiles(found as TorrentCandidate, { signal })
    }

    test.each([
      ['file', { infoHash: sha('sha1', INFO), files: listed }],
      ['hybrid', { infoHash: sha('sha1', HYBRID_INFO), infoHashV2: sha('sha256', HYBRID_INFO), files: listed }],
      ['moved', { infoHash: sha('sha1', INFO), files: listed }],
      ['magnet301', { infoHash: HASH, files: [], magnetUri: MAGNET }],
      ['magnet302', { infoHash: HASH, files: [], magnetUri: MAGNET }],
      ['chain3', { infoHash: HASH, files: [] }],
    ])('from %s', async (path, expected) => {
      expect(await filesOf(path)).toMatchObject(expected)
    })

    test.each([
      ['version2', { kind: 'permanent', code: 'torrent_unsupported' }],
      ['loop', { kind: 'permanent', code: 'indexer_error' }],
      ['chain9', { kind: 'permanent', code: 'indexer_error' }],
      ['etc', { kind: 'permanent', code: 'indexer_error' }],
      ['ftp', { kind: 'permanent', code: 'indexer_error' }],
      ['gone', { kind: 'permanent', code: 'indexer_error' }],
      ['rubbish', { kind: 'permanent', code: 'torrent_invalid' }],
      ['page', { kind: 'retryable', code: 'indexer_error' }],
      ['limited', { kind: 'retryable', code: 'indexer_rate_limited', retryAfterMs: 9000 }],
      ['huge', { kind: 'permanent', code: 'indexer_error' }],
    ])('not from %s', async (path, expected) => {
      await expect(filesOf(path)).rejects.toMatchObject({ name: 'StageError', ...expected })
    })
  })
}
