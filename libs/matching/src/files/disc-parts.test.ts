import { expect, test } from '@jest/globals'
import type { ContentItem } from '@torrentino/domain'
import { discParts } from './disc-parts.js'

function tracks(...discs: number[]): ContentItem[] {
  return discs.map((discNumber, index) => ({
    ...{ id: `t${index + 1}`, index, kind: 'track' as const, name: `Song ${index + 1}`, destPath: `/m/${index}.ogg` },
    ...{ discNumber, trackNumber: index + 1, expectedDurationSecs: 200 },
  }))
}

const sizeOf = (path: string) => (path.endsWith('.cue') ? 1000 : 300_000_000)
const files = (...paths: string[]) => paths.map((path) => ({ path, size_bytes: sizeOf(path) }))
const told = (items: ContentItem[], ...paths: string[]) =>
  discParts(items, files(...paths)).map(({ item_id, torrent_file_path, cue_path }) => `${item_id}: ${torrent_file_path} by ${cue_path}`)

test.each<[string, number[], string[], string[]]>([
  ['its namesake cuts it', [1, 1], ['A/B.flac', 'A/A.cue', 'A/B.cue'], ['t1: A/B.flac by A/B.cue', 't2: A/B.flac by A/B.cue']],
  ['any sheet beside a lone one', [1], ['A/B.ape', 'A/rip.cue'], ['t1: A/B.ape by A/rip.cue']],
  ['the name with its ending', [1], ['A/B.flac', 'A/B.flac.cue'], ['t1: A/B.flac by A/B.flac.cue']],
  [
    'discs by their folders',
    [1, 2],
    ['A/CD1/x.flac', 'A/CD1/x.cue', 'A/CD2/x.flac', 'A/CD2/x.cue'],
    ['t1: A/CD1/x.flac by A/CD1/x.cue', 't2: A/CD2/x.flac by A/CD2/x.cue'],
  ],
  [
    'discs by their names',
    [1, 2],
    ['A/x CD 1.flac', 'A/x CD 1.cue', 'A/x CD 2.flac', 'A/x CD 2.cue'],
    ['t1: A/x CD 1.flac by A/x CD 1.cue', 't2: A/x CD 2.flac by A/x CD 2.cue'],
  ],
  ['no sheet: it may be in the tags', [1], ['A/B.flac'], ['t1: A/B.flac by A/B.flac']],
  ['no sheet, and no tags for it', [1], ['A/B.mp3'], []],
  ['the sheet of another folder', [1], ['A/B.mp3', 'C/B.cue'], []],
  ['one file for two discs', [1, 2], ['A/B.flac', 'A/B.cue'], []],
  ['two files, and nothing says which', [1], ['A/B.flac', 'A/B.cue', 'A/C.flac', 'A/C.cue'], []],
])('%s', (_name, discs, paths, expected) => {
  expect(told(tracks(...discs), ...paths)).toEqual(expected)
})
