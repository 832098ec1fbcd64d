import { describe, expect, test } from '@jest/globals'
import { NewTicket, StageError, type Work } from '@torrentino/domain'
import { albumBody } from '@torrentino/testkit'
import { candidateFault, refusedFiles, refusedTorrent } from './candidate-fault.js'
import type { Choice } from './choose-files.js'

const retryable = (code: string) => new StageError('retryable', code, `it was ${code}`)
const permanent = (code: string) => new StageError('permanent', code, `it was ${code}`)

test.each<[Error, 'at once' | 'in the end' | 'never']>([
  [retryable('metadata_timeout'), 'at once'],
  [retryable('download_stalled'), 'at once'],
  [permanent('torrent_invalid'), 'at once'],
  [permanent('torrent_hash_mismatch'), 'at once'],
  [permanent('torrent_unsafe'), 'at once'],
  [permanent('torrent_unsupported'), 'at once'],
  [permanent('dangerous_files'), 'at once'],
  [permanent('no_download_source'), 'at once'],
  [permanent('blocked_before'), 'at once'],
  [permanent('indexer_error'), 'at once'],
  [retryable('torrent_removed'), 'in the end'],
  [retryable('torrent_refused'), 'in the end'],
  [retryable('files_missing'), 'in the end'],
  [retryable('download_failed'), 'in the end'],
  [retryable('indexer_error'), 'never'],
  [retryable('indexer_unreachable'), 'never'],
  [retryable('indexer_rate_limited'), 'never'],
  [permanent('indexer_auth'), 'never'],
  [retryable('disk_full'), 'never'],
  [retryable('client_unreachable'), 'never'],
  [retryable('client_auth'), 'never'],
  [retryable('client_banned'), 'never'],
  [retryable('engine_stopped'), 'never'],
  [retryable('interface_down'), 'never'],
  [retryable('files_unreachable'), 'never'],
  [permanent('torrent_elsewhere'), 'never'],
  [permanent('ticket_ended'), 'never'],
  [new Error('Connection is closed.'), 'never'],
  [new TypeError('x is not a function'), 'never'],
])("%s is the candidate's fault %s", (error, expected) => {
  const seen = [candidateFault(error, false), candidateFault(error, true)].map((fault) => fault !== null)
  expect(seen).toEqual({ 'at once': [true, true], 'in the end': [false, true], never: [false, false] }[expected])
  if (seen[1]) expect(candidateFault(error, true)?.reason).toBe(error.message)
})

test.each<[string, Work, string | undefined]>([
  ['a', {}, 'blocked_before'],
  ['b', {}, undefined],
  ['a', { human_approved: true }, undefined],
  ['a', { magnet_uri: 'magnet:?' }, undefined],
])('torrent %s of an offer without a hash, %j, where a failed this ticket before: %s', (infoHash, work, code) => {
  const blocked = { info_hash: 'a', title: 'An Album', size_bytes: 1, code: 'download_stalled', reason: 'no data', at: '' }
  expect(refusedTorrent({ work: { ...work, blocklist: [blocked] } }, infoHash)?.code).toBe(code)
})

describe('before anything is fetched', () => {
  const found = (...tracks: number[]): Choice => {
    const missing = [1, 2].filter((track) => !tracks.includes(track)).map((track) => `t${track}`)
    const files = tracks.map((track) => ({ item_id: `t${track}`, torrent_file_path: `Album/${track}.flac` }))
    return { files, mapping: [], confidence: 1, missing, unagreed: missing }
  }
  const both = found(1, 2)
  const forced = { magnet_uri: 'magnet:?' }

  test.each<[string, string[], Choice, { partial?: boolean; work?: Work }, string | undefined]>([
    ['all as promised', ['Album/1.flac', 'Album/2.flac', 'Album/cover.jpg'], both, {}, undefined],
    ['a program beside the tracks', ['Album/1.flac', 'Album/2.flac', 'Album/setup.exe'], both, {}, 'dangerous_files'],
    ['a program in a forced magnet', ['Album/1.flac', 'Album/setup.exe'], both, { work: forced }, 'dangerous_files'],
    ['a program in what a human approved', ['a.lnk'], both, { work: { human_approved: true } }, 'dangerous_files'],
    ['archives instead of tracks', ['Album/album.rar', 'Album/album.r00'], found(), {}, 'archives_only'],
    ['archives beside the tracks', ['Album/1.flac', 'Album/2.flac', 'Album/scans.zip'], both, {}, undefined],
    ['a track missing', ['Album/1.flac'], found(1), {}, 'items_missing'],
    ['a track missing, which is allowed', ['Album/1.flac'], found(1), { partial: true }, undefined],
    ['a track missing in what a human approved', ['Album/1.flac'], found(1), { work: { human_approved: true } }, 'items_missing'],
    [
      'a track missing as a human approved it',
      ['Album/1.flac'],
      { ...found(1), unagreed: [] },
      { work: { human_approved: true } },
      undefined,
    ],
    ['a track missing in a forced magnet', ['Album/1.flac'], found(1), { work: forced }, undefined],
    ['nothing that fits', ['Album/readme.txt'], found(), { partial: true }, 'items_missing'],
  ])('%s', (_name, paths, choice, { partial = false, work = {} }, code) => {
    const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ constraints: { allow_partial: partial } }))
    const files = paths.map((path) => ({ path, size_bytes: 1 }))
    expect(refusedFiles({ request, work }, files, choice)?.code).toBe(code)
  })

  test('the sentence names the file, without what would turn its name about', () => {
    const { ticket_id: _id, ...request } = NewTicket.parse(albumBody())
    const message = refusedFiles({ request, work: {} }, [{ path: 'Album/song\u202E3pm.exe', size_bytes: 1 }], both)?.message
    expect(message).toContain('"Album/song3pm.exe"')
  })
})
