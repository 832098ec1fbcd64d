import { expect, test } from '@jest/globals'
import type { WantedTrack } from '../catalog/coverage.js'
import { contentKeys } from './content-keys.js'

const TRACK: WantedTrack = { id: 'a-1', artistKey: 'tin lanterns', albumKey: 'harbour songs', trackKey: 'low tide', durationSecs: 200 }

const shares = (one: string[], other: string[]) => one.some((key) => other.includes(key))

test.each<[string, Partial<WantedTrack>, boolean]>([
  ['itself', {}, true],
  ['one with the same names, that its consumer knows by another id and another length', { id: 'b-1', durationSecs: null }, true],
  ['one with the same id and name, whose album is written differently', { albumKey: 'harbour songs deluxe' }, true],
  ['one with the same id and name, without an album', { albumKey: null }, true],
  ['one with the same id and name, whose artist is written differently', { artistKey: 'lanterns tin' }, true],
  ['another song of the album', { id: 'a-2', trackKey: 'high tide' }, false],
  ['another song under the same id: ids are the consumers own', { trackKey: 'high tide' }, false],
  ['the song on another album', { id: 'b-1', albumKey: 'live at sea' }, false],
  ["another artist's song", { id: 'b-1', artistKey: 'paper boats' }, false],
  ["another artist's song under the same id", { artistKey: 'paper boats', albumKey: 'rivers' }, false],
])('a track and %s', (_what, change, same) => {
  const [one, other] = [contentKeys([TRACK]), contentKeys([{ ...TRACK, ...change }])]
  expect(shares(one.tracks, other.tracks)).toBe(same)
  // Who shares a track must meet the other at a lock.
  if (same) expect(shares(one.groups, other.groups)).toBe(true)
})

test('tracks that share one name or another make one set of keys', () => {
  const { tracks, groups } = contentKeys([TRACK, { ...TRACK, id: 'a-9' }])
  expect([tracks.length, groups.length]).toEqual([new Set(tracks).size, 2])
})
