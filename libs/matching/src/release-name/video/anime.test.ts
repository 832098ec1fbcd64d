import { expect, test } from '@jest/globals'
import { parseReleaseName } from './parse-release-name.js'

const ANIME: [string, string, number[], object?][] = [
  ['[BlueFox] Hoshi no Michi - 05 [720p].mkv', 'Hoshi no Michi', [5], { group: 'BlueFox', absolute: 5 }],
  ['[BlueFox] Hoshi no Michi - 05v2 [1080p][AAC][1A2B3C4D].mkv', 'Hoshi no Michi', [5], { group: 'BlueFox', audio: ['aac'] }],
  ['[BlueFox]_Hoshi_no_Michi_-_05_[1280x720_H.264_AAC][1A2B3C4D].mkv', 'Hoshi no Michi', [5], { quality: '720p', codec: 'h264' }],
  ['[BlueFox] Hoshi no Michi - 105 (1080p)', 'Hoshi no Michi', [105]],
  ['[BlueFox] Hoshi no Michi 05 [720p]', 'Hoshi no Michi', [5]],
  ['[BlueFox]_Hoshi_no_Michi_05_(1280x720_x264-AAC)_[1A2B3C4D]', 'Hoshi no Michi', [5]],
  ['[BlueFox] Hoshi no Michi - 12 END [720p]', 'Hoshi no Michi', [12]],
  ['[BlueFox] Hoshi no Michi - Yoru - 05 [720p]', 'Hoshi no Michi - Yoru', [5]],
  ['[BlueFox] Hoshi no Michi 2 - 05 [720p]', 'Hoshi no Michi 2', [5]],
  ['[BlueFox] Hoshi no Michi S2 - 05 [720p]', 'Hoshi no Michi', [5], { season: 2 }],
  ['[BlueFox] Hoshi no Michi Season 2 - 05 [720p]', 'Hoshi no Michi', [5], { season: 2 }],
  ['[BlueFox] Hoshi no Michi 2nd Season - 05 [720p]', 'Hoshi no Michi', [5], { season: 2 }],
  ['[BlueFox] Hoshi no Michi - S02E05 [720p]', 'Hoshi no Michi', [5], { season: 2 }],
  ['[BlueFox] Hoshi no Michi (2019) - 05 [720p]', 'Hoshi no Michi', [5], { year: 2019 }],
  ['[BlueFox] Hoshi no Michi (01-12) [1080p] (Batch)', 'Hoshi no Michi', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ['[BlueFox] Hoshi no Michi - 01-03 [1080p]', 'Hoshi no Michi', [1, 2, 3]],
  ['[BlueFox] Hoshi no Michi - 01+02 [1080p]', 'Hoshi no Michi', [1, 2]],
  ['[BlueFox] Hoshi no Michi 2019 - 05 [720p]', 'Hoshi no Michi', [5], { year: 2019 }],
  ['[BlueFox] Hoshi no Michi - 05.5 [720p]', 'Hoshi no Michi', [], { quality: '720p' }],
  ['[BlueFox] Hoshi no Michi - OVA2 [DVD]', 'Hoshi no Michi', [2]],
  ['[BlueFox] Hoshi no Michi OVA 2 [DVD]', 'Hoshi no Michi OVA', [2]],
  ['[BlueFox]_Hoshi_no_Michi_-_NCOP1_[DVD]', 'Hoshi no Michi', [1]],
  ['Hoshi no Michi 14v2 [BlueFox][720p].mkv', 'Hoshi no Michi', [14], { group: 'BlueFox' }],
  ['[BlueFox][Hoshi_no_Michi][05][GB][1080P][x264_AAC]', 'Hoshi no Michi', [5], { group: 'BlueFox' }],
  ['【蓝狐字幕组】【星之路_Hoshi no Michi】【第05话】【1080P】', 'Hoshi no Michi', [5], { group: '蓝狐字幕组' }],
  ['[蓝狐字幕组] 星之路 / Hoshi no Michi - 05 [WebRip 1080p HEVC-10bit AAC]', 'Hoshi no Michi', [5], { bit_depth: 10 }],
  ['[蓝狐][星之路][Hoshi no Michi][05][1280x720]', 'Hoshi no Michi', [5]],
  ['Hoshi no Michi - 05 - Night of Stars [BlueFox]', 'Hoshi no Michi', [5], { group: 'BlueFox' }],
  ['Hoshi no Michi Episode 105v2 VOSTFR', 'Hoshi no Michi', [105]],
  ['[Hoshi no Michi][05][1080p]', 'Hoshi no Michi', [5], { group: undefined }],
  ['[BlueFox] Hoshi no Michi: 05 [720p]', 'Hoshi no Michi', [5]],
  [
    'Звёздный путь / Hoshi no Michi [TV] [1-12 из 12] [2019, BDRip]',
    'Hoshi no Michi',
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    { year: 2019 },
  ],
  ['[BlueFox] Hoshi no Michi 2nd Season 05 [720p]', 'Hoshi no Michi', [5], { season: 2 }],
  ['[BlueFox] Hoshi no Michi - 05.5 (S00E02) [720p]', 'Hoshi no Michi', [2], { season: 0, absolute: undefined }],
  ['[BlueFox] Hoshi no Michi - 05 - S01E05 - Night [720p]', 'Hoshi no Michi', [5], { season: 1, absolute: 5 }],
  ['[蓝狐][4月新番][星之路][05][720P]', '星之路', [5], { group: '蓝狐' }],
  ['[蓝狐][星之路][第05集][720P]', '星之路', [5]],
  ['[蓝狐] 星之路 第二季 [05][1080p]', '星之路', [5], { season: 2 }],
  ['Hoshi.no.Michi.005.720p.x264-Fox', 'Hoshi no Michi', [5], { group: 'Fox', source: undefined }],
  ['Hoshi no Michi - 05.mkv', 'Hoshi no Michi', [5]],
  ['(Hi10)_Hoshi_no_Michi_-_05_(720p)_(BlueFox)_(1A2B3C4D)', 'Hoshi no Michi', [5], { group: 'BlueFox', bit_depth: 10 }],
  ['[BlueFox] 86 Stars - 05 [720p]', '86 Stars', [5]],
  ['[BlueFox] Area 88 - 05 [720p]', 'Area 88', [5]],
  ['[BlueFox] Hoshi no Michi Ep05 (BD 1080p FLAC)', 'Hoshi no Michi', [5], { source: 'bluray' }],
  ['[BlueFox] Hoshi no Michi #05 [720p]', 'Hoshi no Michi', [5]],
  ['Hoshi no Michi 2x05-06 105-106', 'Hoshi no Michi', [5, 6], { absolute: 105 }],
  ['[BlueFox] Hoshi no Michi - 1080 (720p)', 'Hoshi no Michi', [1080], { quality: '720p' }],
]

test.each(ANIME)('%s', (name, title, episodes, facts = {}) => {
  expect(parseReleaseName(name)).toMatchObject({ title, episodes, episode: episodes[0], ...facts })
})

test.each([
  ['[BlueFox] Hoshi no Michi The Movie [1080p]', 'Hoshi no Michi The Movie'],
  ['[BlueFox] Hoshi no Michi Movie - 02 - Night [BD]', 'Hoshi no Michi Movie - 02 - Night'],
  ['[BlueFox] Hoshi no Michi 2.22 A Day (Not) Lost (2009) [1080p]', 'Hoshi no Michi 2.22 A Day (Not) Lost'],
  ['[BlueFox] Hoshi no Michi (BD 1280x720 AVC AACx4 [5.1+2.0])', 'Hoshi no Michi'],
  ['[BlueFox] Hoshi no Michi (Dual Audio_10bit_BD1080p_x265)', 'Hoshi no Michi'],
])('no episode: %s', (name, title) => {
  expect(parseReleaseName(name)).toMatchObject({ title, episodes: [], seasons: [], group: 'BlueFox' })
})
