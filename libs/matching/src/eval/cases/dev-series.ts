import { no, yes } from '../eval-case.js'
import { episodes, file, season, videoCase } from '../video/video-case.js'

const names = 'Low Water|The Pilot’s Wife|Salt|Harbour Lights|A Long Way Out|Fog|The Inspector|Undertow|Paper Boats|Home'
const line = (numbers: string, nr = 2) =>
  episodes('Harbour Line', nr, numbers, { year: 2011, minutes: 44, ...(numbers === '1-10' ? { names } : {}) })
const shop = (title: string) => episodes(title, 3, '5', { year: 2005, minutes: 22 })
const talk = episodes('Evening Talk', 2024, '1', { aired: '2024-03-05', minutes: 41 })
const garden = episodes('Sky Garden', 1, '14', { absolute: 1, minutes: 24, titles: ['Sora no Niwa'] })
const garden2 = episodes('Sky Garden', 2, '4', { absolute: 27, minutes: 24, titles: ['Sora no Niwa'] })

export const series = [
  videoCase(
    'episode',
    'scene',
    line('3'),
    yes('Harbour.Line.S02E03.1080p.WEB.H264-EXAMPLE', 2100),
    yes('Harbour.Line.S02E03.720p.WEB.H264-EXAMPLE', 1100),
    no('Harbour.Line.S02E04.1080p.WEB.H264-EXAMPLE', 2100),
  ),
  videoCase('episode', 'with its title', line('3'), yes('Harbour.Line.S02E03.Salt.720p.HDTV.x264-EX', 900)),
  videoCase('episode', 'crossed numbers', line('3'), yes('Harbour Line 2x03 HDTV XviD', 350)),
  videoCase('episode', 'words', line('3'), yes('Harbour Line Season 2 Episode 3 720p', 800)),
  videoCase('episode', 'with the year of the show', line('3'), yes('Harbour.Line.2011.S02E03.1080p.WEB-DL.x265', 700)),
  videoCase('episode', 'with the article', line('3'), yes('The Harbour Line S02E03 1080p WEB-DL', 1900)),
  videoCase(
    'wrong number',
    'another season',
    line('3'),
    no('Harbour.Line.S01E03.1080p.WEB.H264-EXAMPLE', 2100),
    no('Harbour.Line.S03E03.720p.WEB.H264', 1100),
  ),
  videoCase(
    'wrong number',
    'another episode',
    line('3'),
    no('Harbour.Line.S02E13.1080p.WEB.H264-EXAMPLE', 2100),
    no('Harbour.Line.S02E02.720p.HDTV', 1100),
  ),
  videoCase(
    'wrong number',
    'packs of other seasons',
    line('3'),
    no('Harbour.Line.S01.1080p.WEB-DL', 21_000),
    no('Harbour Line Season 3-5 1080p', 60_000),
  ),
  videoCase(
    'wrong show',
    'of like name',
    line('3'),
    no('Harbour.Line.Babies.S02E03.1080p.WEB', 2100),
    no('Harbour.Life.S02E03.1080p.WEB', 2100),
    no('Border.Line.S02E03.1080p.WEB', 2000),
  ),
  videoCase('wrong show', 'of another year', line('3'), no('Harbour.Line.1984.S02E03.DVDRip.x264', 500)),
  videoCase(
    'wrong show',
    'of another country',
    shop('The Shop (US)'),
    no('The.Shop.UK.S03E05.720p.HDTV.x264', 400),
    yes('The.Shop.US.S03E05.720p.HDTV.x264', 400),
  ),
  videoCase('wrong show', 'country not told', shop('The Shop'), no('The.Shop.UK.S03E05.720p.HDTV.x264', 400)),
  videoCase('wrong show', 'a film of that name', line('3'), no('Harbour.Line.2011.1080p.BluRay.x264', 7000)),
  videoCase('quality', 'only above the ceiling', line('3'), no('Harbour.Line.S02E03.2160p.WEB.H265-EXAMPLE', 6000)),
  videoCase(
    'quality',
    'a lower ceiling',
    episodes('Harbour Line', 2, '3', { limit: '720p', minutes: 44 }),
    no('Harbour.Line.S02E03.1080p.WEB.H264', 2100, { seeders: 80 }),
    yes('Harbour.Line.S02E03.720p.WEB.H264', 1100),
  ),
  videoCase(
    'season',
    'the whole season, scene',
    line('1-10'),
    yes(
      'Harbour.Line.S02.1080p.WEB-DL.H264-EX',
      season('1-10', 2000, (nn) => `Harbour.Line.S02.1080p/Harbour.Line.S02E${nn}.1080p.WEB-DL.H264-EX.mkv`),
    ),
  ),
  videoCase(
    'season',
    'plain numbers',
    line('1-10'),
    yes(
      'Harbour Line - Season 2 (720p)',
      season('1-10', 800, (nn) => `Harbour Line - Season 2/${nn}.mkv`),
    ),
  ),
  videoCase(
    'season',
    'number and title',
    line('1-10'),
    yes(
      'Harbour Line Season 2',
      season('1-10', 500, (nn, at) => `Harbour Line/Season 2/${nn} - ${names.split('|')[at - 1]}.mp4`),
    ),
  ),
  videoCase(
    'season',
    'three digits',
    line('1-10'),
    yes(
      'Harbour Line Season 2 DVDRip',
      season('1-10', 350, (nn) => `Harbour Line S2/harbour.line.2${nn}.avi`),
    ),
  ),
  videoCase('season', 'by its name alone', line('1-10'), yes('Harbour.Line.S02.COMPLETE.720p.WEB-DL', 9000, { sealed: true })),
  videoCase(
    'season',
    'one is missing',
    line('1-10'),
    no(
      'Harbour.Line.S02.1080p.WEB-DL',
      season('1-9', 2000, (nn) => `S02/Harbour.Line.S02E${nn}.mkv`),
    ),
  ),
  videoCase(
    'season',
    'with extras and samples',
    line('1-10'),
    yes('Harbour.Line.S02.1080p.BluRay', [
      ...season('1-10', 3000, (nn) => `Harbour.Line.S02/Harbour.Line.S02E${nn}.1080p.BluRay.mkv`),
      ...season('1-10', 40, (nn) => `Harbour.Line.S02/Sample/harbour.line.s02e${nn}.sample.mkv`, false),
      file('Harbour.Line.S02/Extras/S02E01 Deleted Scenes.mkv', 300),
      file('Harbour.Line.S02/Featurettes/Making of Season 2.mkv', 600),
    ]),
  ),
  videoCase(
    'season',
    'double episode at its end',
    line('1-10'),
    yes('Harbour.Line.S02.720p', [
      ...season('1-8', 1000, (nn) => `S02/Harbour.Line.S02E${nn}.720p.mkv`),
      file('S02/Harbour.Line.S02E09E10.720p.mkv', 2000, 'e9+e10'),
    ]),
  ),
  videoCase(
    'season',
    'double episodes as a run',
    line('1-10'),
    yes(
      'Harbour Line S02 DVDRip',
      [1, 3, 5, 7, 9].map((at) => file(`S02/Harbour Line - S02E0${at}-E${String(at + 1).padStart(2, '0')}.avi`, 700, `e${at}+e${at + 1}`)),
    ),
  ),
  videoCase(
    'season',
    'two encodings in it',
    line('1-10'),
    yes('Harbour.Line.S02.MULTi', [
      ...season('1-10', 2000, (nn) => `S02 1080p/Harbour.Line.S02E${nn}.1080p.mkv`),
      ...season('1-10', 900, (nn) => `S02 720p/Harbour.Line.S02E${nn}.720p.mkv`),
    ]),
  ),
  videoCase(
    'season',
    'single episodes do not make it',
    line('1-10'),
    no('Harbour.Line.S02E03.1080p.WEB.H264', 2100),
    no('Harbour.Line.S02E01-E05.1080p.WEB.H264', 10_000),
  ),
  videoCase(
    'packs',
    'an episode out of a season',
    line('3'),
    yes(
      'Harbour.Line.S02.1080p.WEB-DL',
      season('1-10', 2000, (nn) => `S02/Harbour.Line.S02E${nn}.1080p.mkv`),
    ),
  ),
  videoCase(
    'packs',
    'an episode out of all seasons',
    line('3'),
    yes(
      'Harbour Line Season 1-3 Complete 720p',
      [1, 2, 3].flatMap((nr) => season('1-10', 700, (nn) => `Harbour Line/Season ${nr}/Harbour Line S0${nr}E${nn}.mkv`, nr === 2)),
    ),
  ),
  videoCase(
    'packs',
    'numbers below folders of seasons',
    line('1-10'),
    yes(
      'Harbour Line Complete Series',
      [1, 2, 3].flatMap((nr) => season('1-10', 700, (nn) => `Harbour Line/Season 0${nr}/${nn} - Episode.mkv`, nr === 2)),
    ),
  ),
  videoCase(
    'packs',
    'several shows',
    line('3'),
    yes('Harbour Line S02 + Border Line S02 720p', [
      ...season('1-10', 800, (nn) => `Harbour.Line.S02/Harbour.Line.S02E${nn}.mkv`),
      ...season('1-10', 900, (nn) => `Border.Line.S02/Border.Line.S02E${nn}.mkv`, false),
    ]),
  ),
  videoCase(
    'packs',
    'the wanted season is not in it',
    line('1-10', 4),
    no(
      'Harbour Line Complete 720p',
      [1, 2, 3].flatMap((nr) => season('1-10', 700, (nn) => `Season ${nr}/Harbour Line S0${nr}E${nn}.mkv`, false)),
    ),
  ),
  videoCase(
    'range',
    'holds it',
    line('3'),
    yes(
      'Harbour.Line.S02E01-E05.720p.WEB-DL',
      season('1-5', 1100, (nn) => `Harbour.Line.S02E${nn}.720p.mkv`),
    ),
  ),
  videoCase('range', 'does not hold it', line('3'), no('Harbour.Line.S02E04-E06.720p.WEB-DL', 3300)),
  videoCase(
    'range',
    'two wanted, one double',
    line('1-2'),
    yes('Harbour.Line.S02E01E02.720p.HDTV.x264', [file('Harbour.Line.S02E01E02.720p.HDTV.x264.mkv', 2100, 'e1+e2')]),
  ),
  videoCase(
    'specials',
    'by number',
    episodes('Harbour Line', 0, '1', { minutes: 60, names: 'Winter Tide' }),
    yes('Harbour.Line.S00E01.Winter.Tide.1080p.WEB-DL', 2600),
    no('Harbour.Line.S01E01.1080p.WEB-DL', 2600),
  ),
  videoCase(
    'specials',
    'by title in a pack',
    episodes('Harbour Line', 0, '1', { minutes: 60, names: 'Winter Tide' }),
    yes('Harbour Line Complete Series 1080p', [
      ...season('1-10', 900, (nn) => `Season 1/Harbour Line S01E${nn}.mkv`, false),
      file('Specials/Harbour Line - Winter Tide.mkv', 1800, 'e1'),
    ]),
  ),
  videoCase(
    'daily',
    'by date',
    talk,
    yes('Evening.Talk.2024.03.05.Some.Guest.720p.WEB.h264-EX', 1100),
    no('Evening.Talk.2024.03.06.720p.WEB.h264-EX', 1100),
  ),
  videoCase('daily', 'another day', talk, no('Evening.Talk.2024.03.04.1080p.WEB.h264-EX', 1900), no('Evening Talk 2023-03-05 720p', 1000)),
  videoCase(
    'daily',
    'a month of them',
    talk,
    yes(
      'Evening Talk March 2024 720p',
      ['04', '05', '06'].map((day) => file(`Evening Talk/Evening.Talk.2024.03.${day}.720p.mkv`, 1100, day === '05' ? 'e1' : undefined)),
    ),
  ),
  videoCase(
    'anime',
    'counted through',
    garden,
    yes('[Group] Sky Garden - 14 (1080p) [ABCD1234]', 1400),
    no('[Group] Sky Garden - 04 (1080p) [ABCD1235]', 1400),
  ),
  videoCase('anime', 'its own name', garden, yes('[Group] Sora no Niwa - 14 [720p]', 500)),
  videoCase(
    'anime',
    'second season, counted through',
    garden2,
    yes('[Group] Sky Garden - 30 (1080p)', 1400),
    no('[Group] Sky Garden - 04 (1080p)', 1400),
  ),
  videoCase(
    'anime',
    'second season by its number',
    garden2,
    yes('[Group] Sky Garden S2 - 04 (1080p)', 1400),
    no('[Group] Sky Garden S1 - 04 (1080p)', 1400),
  ),
  videoCase('anime', 'second season, scene', garden2, yes('Sky.Garden.S02E04.1080p.WEB.H264-EX', 1400)),
  videoCase(
    'anime',
    'batch',
    episodes('Sky Garden', 1, '1-26', { absolute: 1, minutes: 24 }),
    yes('[Group] Sky Garden - 01-26 [BD 1080p FLAC]', [
      ...season('1-26', 1200, (nn) => `[Group] Sky Garden/[Group] Sky Garden - ${nn} [BD 1080p FLAC].mkv`),
      file('[Group] Sky Garden/Extras/[Group] Sky Garden - NCOP1 [BD 1080p FLAC].mkv', 150),
      file('[Group] Sky Garden/Extras/[Group] Sky Garden - NCED1 [BD 1080p FLAC].mkv', 150),
      file('[Group] Sky Garden/[Group] Sky Garden - Menu1.mkv', 30),
    ]),
  ),
  videoCase('anime', 'a film of the show', garden, no('[Group] Sky Garden Movie - The Last Flower (1080p)', 6000)),
  videoCase('fake', 'far too small', line('3'), no('Harbour.Line.S02E03.1080p.WEB.H264-EXAMPLE', 12)),
  videoCase(
    'fake',
    'a program',
    line('3'),
    no('Harbour.Line.S02E03.1080p.WEB.H264-EXAMPLE', [file('Harbour.Line.S02E03.1080p.mkv.exe', 900)]),
  ),
  videoCase(
    'fake',
    'not yet aired',
    episodes('Harbour Line', 9, '1', { aired: '2026-05-01' }),
    no('Harbour.Line.S09E01.1080p.WEB.H264', 2000),
  ),
  videoCase(
    'fake',
    'another episode inside',
    line('3'),
    no('Harbour.Line.S02E03.1080p.WEB.H264', [file('Harbour.Line.S02E09.1080p.WEB.H264.mkv', 2000)]),
  ),
]
