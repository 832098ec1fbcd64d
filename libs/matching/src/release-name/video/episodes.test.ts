import { expect, test } from '@jest/globals'
import { parseReleaseName } from './parse-release-name.js'

const EPISODES: [string, string, number | undefined, number[], object?][] = [
  ['Harbour.Lights.S02E05.720p.HDTV.x264-SHORE', 'Harbour Lights', 2, [5], { source: 'hdtv', group: 'SHORE' }],
  ['Harbour Lights - S02E05 - The Long Way Home', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.s02e05.the.long.way.home.1080p.web.h264-shore', 'Harbour Lights', 2, [5], { source: 'web', title: 'Harbour Lights' }],
  ['Harbour Lights 2x05 The Long Way', 'Harbour Lights', 2, [5]],
  ['Harbour Lights - [02x05] - The Long Way', 'Harbour Lights', 2, [5]],
  ['Harbour Lights Season 2 Episode 5 720p', 'Harbour Lights', 2, [5]],
  ['Harbour Lights S02 E05 720p', 'Harbour Lights', 2, [5]],
  ['Harbour Lights - S02 - E05 - Storm', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S02.E05.1080p.WEB-DL', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S02EP05.720p', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S2E5.720p', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S12E105.720p', 'Harbour Lights', 12, [105]],
  ['Harbour.Lights.S2019E05.720p', 'Harbour Lights', 2019, [5], { year: 2019 }],
  ['Harbour.Lights.S02E05v2.720p', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S02E05a.720p', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S00E03.Behind.the.Scenes.720p', 'Harbour Lights', 0, [3]],
  ['Harbour.LightsS02E05.The.Storm.720p', 'Harbour Lights', 2, [5]],
  ['Harbour Lights saison 2 episode 5 FRENCH HDTV', 'Harbour Lights', 2, [5]],
  ['Harbour Lights - Temporada 2 [HDTV][Cap.205][Castellano]', 'Harbour Lights', 2, [5], { languages: ['es'] }],
  ['Harbour Lights [HDTV 720p][Cap.1105]', 'Harbour Lights', 11, [5]],
  ['Harbour Lights Staffel 2 Folge 5', 'Harbour Lights', 2, [5]],
  ['Harbour Lights Stagione 2 Episodio 5', 'Harbour Lights', 2, [5]],
  ['harbour.lights.205.hdtv-shore', 'harbour lights', 2, [5], { group: 'shore' }],
  ['Harbour.Lights.2017.S02E05.1080p.WEB-DL.DD5.1.H264-SHORE', 'Harbour Lights', 2, [5], { year: 2017 }],
  ['Harbour Lights (2017) - S02E05 - Storm (1080p WEB-DL x265 Shore)', 'Harbour Lights', 2, [5], { year: 2017, group: 'Shore' }],
  ['1899.Ferry.S01E01.1080p.NF.WEB-DL.x264', '1899 Ferry', 1, [1]],
  ['24.Docks.S01E01.720p', '24 Docks', 1, [1]],
  ['1923.S01E02.1080p.WEB.h264-YARD', '1923', 1, [2]],
  ['Harbour.Lights.US.S02E05.720p.HDTV', 'Harbour Lights', 2, [5], { country: 'US' }],
  ['Harbour.Lights.Episode.5.720p.HDTV', 'Harbour Lights', undefined, [5]],
  ['Harbour Lights Ep 5', 'Harbour Lights', undefined, [5]],
  ['Harbour.Lights.E05.720p', 'Harbour Lights', undefined, [5]],
  ['Harbour Lights 5of8 The Storm DVDRip', 'Harbour Lights', undefined, [5]],
  ['Harbour Lights (5 of 8)', 'Harbour Lights', undefined, [5]],
  ['Harbour.Lights.Part.2.HDTV.x264-SHORE', 'Harbour Lights', undefined, [2]],
  ['Harbour.Lights.S02x05.HDTV', 'Harbour Lights', 2, [5]],
  ['Harbour Lights T02E05 720p', 'Harbour Lights', 2, [5]],
  ['Harbour Lights 2. Sezon 5. Bölüm 1080p', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.1003.HDTV.x264-SHORE', 'Harbour Lights', 10, [3]],
  ['harbour_lights_02_05.avi', 'harbour lights', 2, [5]],
  ['Harbour.Lights.13.HDTV-SHORE', 'Harbour Lights', undefined, [13]],
  ['The Docks (UK) - S02E05 - Storm', 'The Docks', 2, [5], { country: 'UK' }],
  ['House.of.Docks.US.2013.S02E05', 'House of Docks', 2, [5], { country: 'US', year: 2013 }],
  ['The.German.Docks.S02E05.GERMAN.720p', 'The German Docks', 2, [5], { languages: ['de'] }],
  ['Harbour.Lights.S02E05.The.Web.Spins.720p.HDTV', 'Harbour Lights', 2, [5], { source: 'hdtv' }],
  ['Harbour Lights S02E05 French Kiss 720p HDTV', 'Harbour Lights', 2, [5], { languages: [] }],
  // Nothing but numbers
  ['S02E05 720p HDTV', '', 2, [5]],
  ['2x05', '', 2, [5]],
  ['2x05 - The Storm', 'The Storm', 2, [5]],
  ['05.mkv', '', undefined, [5]],
  ['05 - The Storm', 'The Storm', undefined, [5]],
  ['02-05 The Storm.avi', 'The Storm', 2, [5]],
  ['"Harbour Lights" S02E05', 'Harbour Lights', 2, [5]],
  ['Harbour Lights [S02E05] Storm', 'Harbour Lights', 2, [5]],
  ['S02E05 - Harbour Lights', 'Harbour Lights', 2, [5]],
  // Several
  ['Harbour.Lights.S02E05E06.720p', 'Harbour Lights', 2, [5, 6]],
  ['Harbour.Lights.S02E05-E06.720p', 'Harbour Lights', 2, [5, 6]],
  ['Harbour.Lights.S02E05-06.720p', 'Harbour Lights', 2, [5, 6]],
  ['Harbour.Lights.S02E05-E08.720p', 'Harbour Lights', 2, [5, 6, 7, 8]],
  ['Harbour.Lights.S02E05-S02E08.720p', 'Harbour Lights', 2, [5, 6, 7, 8]],
  ['Harbour Lights 2x05-06 Storm', 'Harbour Lights', 2, [5, 6]],
  ['Harbour Lights 2x05-2x07 Storm', 'Harbour Lights', 2, [5, 6, 7]],
  ['Harbour.Lights.2x05.2x06.HDTV', 'Harbour Lights', 2, [5, 6]],
  ['Harbour.Lights.S02E05.E06.720p', 'Harbour Lights', 2, [5, 6]],
  ['Harbour.Lights.S02E05+E06.720p', 'Harbour Lights', 2, [5, 6]],
  ['Harbour.Lights.S02E05E06E07E08.720p', 'Harbour Lights', 2, [5, 6, 7, 8]],
  ['Harbour Lights Season 2 Episodes 1-10', 'Harbour Lights', 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ['Harbour Lights [Cap.205_207] HDTV', 'Harbour Lights', 2, [5, 6, 7]],
  ['Harbour Lights S02E05 - E06 720p', 'Harbour Lights', 2, [5, 6]],
  ['Harbour Lights S02 [E05-E07] 720p', 'Harbour Lights', 2, [5, 6, 7]],
  ['Огни гавани / Harbour Lights [S02E05-07 из 10] (2019) WEBRip', 'Harbour Lights', 2, [5, 6, 7], { year: 2019 }],
  ['Огни гавани / Harbour Lights (Сезон 2, Серии 5-7 из 10)', 'Harbour Lights', 2, [5, 6, 7]],
  ['Harbour Lights S02E05-07 (2019) 1080p', 'Harbour Lights', 2, [5, 6, 7], { year: 2019, absolute: undefined }],
  // No further episodes
  ['Harbour.Lights.S02E05-720p-WEB', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S02E05-1080p', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S02E05.10bit.x265', 'Harbour Lights', 2, [5], { bit_depth: 10 }],
  ['Harbour.Lights.S02E05.264.AAC', 'Harbour Lights', 2, [5]],
  ['Harbour Lights S02E05 - 7-3-2', 'Harbour Lights', 2, [5]],
  ['Harbour Lights S02E05 100 Ships 720p WEB', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S02E05.1080p.BluRay.5.1.x264', 'Harbour Lights', 2, [5]],
]

test.each(EPISODES)('%s', (name, title, season, episodes, facts = {}) => {
  const found = parseReleaseName(name)
  expect(found).toMatchObject({ title, episodes, episode: episodes[0], pack: false, ...facts })
  expect(found.season).toBe(season)
})

const PACKS: [string, string, number[], object?][] = [
  ['Harbour.Lights.S02.1080p.BluRay.x264-SHORE', 'Harbour Lights', [2]],
  ['Harbour Lights Season 2', 'Harbour Lights', [2]],
  ['Harbour Lights Season 2 Complete 720p', 'Harbour Lights', [2]],
  ['Harbour Lights Complete Season 2 720p', 'Harbour Lights', [2]],
  ['Harbour Lights S01-S03 1080p WEB-DL', 'Harbour Lights', [1, 2, 3]],
  ['Harbour Lights S01-03 1080p WEB-DL', 'Harbour Lights', [1, 2, 3]],
  ['Harbour Lights Season 1-3 720p', 'Harbour Lights', [1, 2, 3]],
  ['Harbour Lights Seasons 1 to 3', 'Harbour Lights', [1, 2, 3]],
  ['Harbour Lights (Season 1, 2 & 3) DVDRip', 'Harbour Lights', [1, 2, 3]],
  ['Harbour Lights Season 1 - Season 3 BluRay', 'Harbour Lights', [1, 2, 3]],
  ['Harbour Lights S01+S02 720p', 'Harbour Lights', [1, 2]],
  ['Harbour Lights 2nd Season 720p', 'Harbour Lights', [2]],
  ['Harbour Lights Second Season 720p', 'Harbour Lights', [2]],
  ['Harbour Lights Saison 2 VOSTFR', 'Harbour Lights', [2], { languages: ['fr'] }],
  ['Harbour Lights 2ª Temporada Completa Dublado', 'Harbour Lights', [2], { languages: ['pt'] }],
  ['Harbour Lights Stagione 2 [COMPLETA] 720p ITA', 'Harbour Lights', [2]],
  ['Harbour.Lights.S2019.720p.WEB', 'Harbour Lights', [2019]],
  ['Harbour.Lights.S01.DVDRip.XviD-OLD', 'Harbour Lights', [1]],
  ['Harbour Lights Season Two 720p', 'Harbour Lights', [2]],
  ['Harbour Lights 2xAll DVDRip', 'Harbour Lights', [2]],
  ['Harbour Lights All Seasons 720p', 'Harbour Lights', []],
  ['Harbour Lights All Seasons (1-3) 720p', 'Harbour Lights', [1, 2, 3]],
  ['24 Season 1-3 Complete', '24', [1, 2, 3]],
  ['The Complete Harbour Lights S01-S03', 'The Complete Harbour Lights', [1, 2, 3]],
  ['Harbour Lights Complete Series 720p', 'Harbour Lights', []],
  ['Огни гавани / Harbour Lights / Сезон: 1-2 (2017) WEB-DL 1080p', 'Harbour Lights', [1, 2]],
  ['Огни гавани (2 сезон) WEBRip', 'Огни гавани', [2]],
]

test.each(PACKS)('pack: %s', (name, title, seasons, facts = {}) => {
  expect(parseReleaseName(name)).toMatchObject({ title, seasons, episodes: [], pack: true, ...facts })
})

const DAYS: [string, string, string, object?][] = [
  ['The.Evening.Talk.2021.03.14.Jane.Doe.720p.WEB.h264-NIGHT', 'The Evening Talk', '2021-03-14', { group: 'NIGHT', year: 2021 }],
  ['The Evening Talk 2021-03-14 Jane Doe', 'The Evening Talk', '2021-03-14'],
  ['The Evening Talk - 14.03.2021 - Jane Doe', 'The Evening Talk', '2021-03-14'],
  ['The Evening Talk 14th Mar 2021 1080p', 'The Evening Talk', '2021-03-14'],
  ['The Evening Talk March 14, 2021', 'The Evening Talk', '2021-03-14'],
  ['The_Evening_Talk_2021_03_14_720p', 'The Evening Talk', '2021-03-14'],
  ['The Evening Talk 20210314 720p', 'The Evening Talk', '2021-03-14'],
  ['EveningTalk.21.03.14.Jane.Doe.1080p.MP4-NIGHT', 'EveningTalk', '2021-03-14', { group: 'NIGHT' }],
]

test.each(DAYS)('day: %s', (name, title, date, facts = {}) => {
  expect(parseReleaseName(name)).toMatchObject({ title, date, episodes: [], pack: false, ...facts })
})
