import { expect, test } from '@jest/globals'
import { parseReleaseName } from './parse-release-name.js'

test.each<[string, object]>([
  [
    'Copper.Harbour.2019.1080p.BluRay.x264-TIDEWATER',
    { title: 'Copper Harbour', year: 2019, quality: '1080p', source: 'bluray', codec: 'h264', group: 'TIDEWATER' },
  ],
  ['Copper Harbour (2019) [1080p] [WEBRip] [5.1]', { title: 'Copper Harbour', year: 2019, quality: '1080p', source: 'webrip' }],
  [
    '2041.The.Long.Winter.2022.2160p.WEB-DL.DDP5.1.Atmos.DV.HDR.H.265-NORTHERN',
    { title: '2041 The Long Winter', year: 2022, hdr: ['dv', 'hdr'], audio: ['eac3', 'atmos'] },
  ],
  [
    'The.Quiet.Mill.EXTENDED.1998.PROPER.DVDRip.XviD-OLDMEN',
    { title: 'The Quiet Mill', year: 1998, editions: ['extended'], proper: true, source: 'dvd' },
  ],
  ['The.Quiet.Mill.1998.REPACK.720p.BluRay.DTS.x264-OLDMEN[rartv]', { repack: true, audio: ['dts'], group: 'OLDMEN' }],
  [
    'Тихая мельница / The Quiet Mill (1998) BDRip 1080p',
    { title: 'The Quiet Mill', aliases: ['Тихая мельница'], year: 1998, source: 'bluray' },
  ],
])('%s', (name, facts) => {
  expect(parseReleaseName(name)).toMatchObject(facts)
})
