import { expect, test } from '@jest/globals'
import { parseReleaseName } from './parse-release-name.js'

test.each<[string, string | undefined]>([
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDEWATER', 'TIDEWATER'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDEWATER.mkv', 'TIDEWATER'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE.part01.rar', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE-WATER', 'TIDE-WATER'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-T1DE@SEA', 'T1DE@SEA'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-T.I.D.E', 'T.I.D.E'],
  ['Copper Harbour (2019) 1080p x265 [DD 5.1 English] MSubs ~ TideDoc', 'TideDoc'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE[eztv]', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE[TGx].mkv', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE-Obfuscated', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE-xpost', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE.English', 'TIDE'],
  ['Copper Harbour (2019) [BluRay 1080p][ES-EN]', undefined],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE (Multi-Subs)', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-TIDE[www.harbour.org]', 'TIDE'],
  ['Copper.Harbour.2019.1080p.BluRay.DTS-HD.MA.5.1-TIDE', 'TIDE'],
  ['Copper.Harbour.2019.1080p.WEB-DL-TIDE', 'TIDE'],
  ['Copper.Harbour.2019.1080p.WEB-DL.DD5.1.H.264-MTV', 'MTV'],
  ['Copper.Harbour.2019.1080p.BluRay.AVC-Fox', 'Fox'],
  ['Copper.Harbour.2019.DVDRip.XviD.TIDE', 'TIDE'],
  ['Copper Harbour (2019) 1080p BluRay x264 - TIDE', 'TIDE'],
  ['Copper Harbour (2019) (1080p BluRay x265 HEVC 10bit AAC 5.1 Tide)', 'Tide'],
  ['Copper Harbour (2019) (1080p BluRay x265 10bit AAC 5.1 - Tide) [UTR]', 'Tide'],
  ['Copper Harbour (2019) (1080p BluRay x265 10bit AAC 5.1 Tide) [Harbours]', 'Tide'],
  ['Copper Harbour (2019) [1080p] [BluRay] [Tide]', 'Tide'],
  ['Copper Harbour 2019 WEB-DLRip by Tide', 'Tide'],
  ['[Tide] Copper Harbour - 05 [1080p]', 'Tide'],
  ['[CR] Copper Harbour - 05 [1080p]', 'CR'],
  ['Copper Harbour 05 [Fox][720p].mkv', 'Fox'],
  ['Copper.Harbour.2019.1080p.BluRay.x264-HARBOR TIDE TEAM', 'HARBOR TIDE TEAM'],
  ['Copper Harbour 2019 [1080p] [BluRay] [YTS.MX]', 'YTS.MX'],
  ['Copper Harbour 2019 HDRip x264 ESubs - TideHD - Tele', 'TideHD'],
  ['[Tide-Water] Copper Harbour - 05 [1080p]', 'Tide-Water'],
  ['[Tide & Water] Copper Harbour - 05 [1080p]', 'Tide & Water'],
  ['Copper Harbour 2019 [1080p][Softsubs (Tide)]', 'Tide'],
  ['[www.harbour.org] Copper.Harbour.2019.1080p.BluRay.x264-TIDE', 'TIDE'],
  ['[ www.Harbour.com ] - Copper.Harbour.S01E02.720p.HDTV.x264-TIDE', 'TIDE'],
  ['www.harbour.tv - Copper Harbour 2019 1080p BluRay x264-TIDE', 'TIDE'],
  ['Copper.Harbour.S01-TIDE', 'TIDE'],
  ['Copper Harbour S01E02-Tide[TGx]', 'Tide'],
  ['Copper.Harbour.2019.1080p.BluRay.x264', undefined],
  ['Copper.Harbour.2019.1080p.WEB-DL', undefined],
  ['Copper.Harbour.2019.1080p.BluRay.DTS-HD', undefined],
  ['Copper Harbour - S01E02 - The Storm', undefined],
  ['Copper Harbour - S01E02 - The Storm [HDTV-720p]', undefined],
  ['Copper Harbour (2019)', undefined],
  ['Copper-Harbour', undefined],
  ['Copper Harbour S01E02 May 23, 2014', undefined],
])('%s is made by %s', (name, group) => {
  expect(parseReleaseName(name).group).toBe(group)
})

test.each([
  ['[www.harbour.org] Copper.Harbour.2019.1080p'],
  ['www.harbour.org - Copper Harbour 2019 1080p'],
  ['harbour.com - Copper Harbour 2019 1080p'],
  ['[ harbour.cz ] Copper.Harbour.2019.1080p'],
  ['(harbour.xn--p1ai) Copper.Harbour.2019.1080p'],
  ['Copper Harbour 2019 1080p [www.harbour.com]'],
  ['Copper Harbour 2019 1080p (harbour.com)'],
  ['[1080p] Copper Harbour 2019'],
  ['Copper Harbour [2019 - Norway] drama 1080p'],
  ['Copper Harbour (Drama 2019) 1080p'],
  ['Copper Harbour AKA Kobberhavn 2019 1080p'],
  ['Медная гавань / Copper Harbour (Иван Иванов / Ivan Ivanov) [2019, Норвегия, драма, BDRip 1080p]'],
  ['Медная гавань Copper Harbour 2019 1080p'],
  ['铜港 Copper Harbour 2019 1080p'],
  ['Copper Harbour 铜港 (2019) 1080p'],
  ['Copper Harbour: [Extended] 2019 1080p'],
])('title of %s', (name) => {
  expect(parseReleaseName(name)).toMatchObject({ title: 'Copper Harbour', year: 2019, quality: '1080p' })
})

test.each([
  ['Agents of H.A.R.B.O.R. S01E02 720p', 'Agents of H.A.R.B.O.R'],
  ['Agents.of.H.A.R.B.O.R.S01E02.720p', 'Agents of H.A.R.B.O.R'],
  ['Dr. Harbour 2019', 'Dr. Harbour'],
  ["Harbour's End 2019", "Harbour's End"],
  ['Harbour! 2019', 'Harbour!'],
  ['Harbour (Not) Closed 2019', 'Harbour (Not) Closed'],
  ['Harbour - The Movie 2019', 'Harbour - The Movie'],
  ['Медная гавань 2019', 'Медная гавань'],
])('title of %s is %s', (name, title) => {
  expect(parseReleaseName(name).title).toBe(title)
})

test.each([
  '5d41402abc4b2a76b9719d911017c5929f3b7a1c',
  '7cd1de5a0ab1cc9b',
  'e31a9f5b',
  's1b2c3d4e5f60718',
  'one.two.9b1deb4d3b7d4bad',
  '',
  ' ',
  '...',
  '[]',
  '()',
])('%j tells no number and no group', (name) => {
  const { year, season, episode, group } = parseReleaseName(name)
  expect([year, season, episode, group]).toEqual([undefined, undefined, undefined, undefined])
})
