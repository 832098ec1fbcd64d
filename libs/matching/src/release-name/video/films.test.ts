import { expect, test } from '@jest/globals'
import { parseReleaseName } from './parse-release-name.js'

/** Name, title, year, and whatever else it tells. */
const FILMS: [string, string, number | undefined, object?][] = [
  [
    'Copper.Harbour.2019.1080p.BluRay.x264-TIDEWATER',
    'Copper Harbour',
    2019,
    { quality: '1080p', source: 'bluray', codec: 'h264', group: 'TIDEWATER' },
  ],
  ['Copper Harbour (2019) [1080p] [WEBRip] [5.1]', 'Copper Harbour', 2019, { quality: '1080p', source: 'webrip' }],
  ['Copper Harbour 2019', 'Copper Harbour', 2019],
  ['Copper Harbour [2019]', 'Copper Harbour', 2019],
  ['Copper_Harbour_2019_720p_BluRay_DTS_x264-TIDE', 'Copper Harbour', 2019, { group: 'TIDE', audio: ['dts'] }],
  ['Copper.Harbour.mkv', 'Copper Harbour', undefined],
  ['Copper Harbour', 'Copper Harbour', undefined],
  ['copper.harbour.2019.hdcam.xvid-pirates', 'copper harbour', 2019, { source: 'cam', group: 'pirates' }],
  // Numbers in titles
  [
    '2041.The.Long.Winter.2022.2160p.WEB-DL.DDP5.1.Atmos.DV.HDR.H.265-NORTHERN',
    '2041 The Long Winter',
    2022,
    { hdr: ['dv', 'hdr'], audio: ['eac3', 'atmos'] },
  ],
  ['1987.2017.1080p.BluRay.x264-REG', '1987', 2017],
  ['Summer.1999.2008.DVDRip.XviD-OLD', 'Summer 1999', 2008],
  ['Runner 2049 2017 UHD BluRay 2160p', 'Runner 2049', 2017],
  ['Eleven.11.2011.720p.BluRay.x264', 'Eleven 11', 2011],
  ['9.Roses.2005.DVDRip', '9 Roses', 2005],
  ['Ship 7 (2014) DVDRip x264', 'Ship 7', 2014],
  ['Heist.Part.2.2015.1080p.WEB-DL', 'Heist Part 2', 2015],
  ['The.Mill.3.2016.HDTS.x264', 'The Mill 3', 2016, { source: 'telesync' }],
  ['1946 The Last Ferry Home.mp4', 'The Last Ferry Home', 1946],
  // Words that are tags elsewhere
  ['The.Web.of.Roses.2015.1080p.WEB.H264-SPIN', 'The Web of Roses', 2015, { source: 'web' }],
  ['Dark.Web.2016.1080p.WEB-DL.x264', 'Dark Web', 2016],
  ['The Italian Baker 2003 720p BluRay', 'The Italian Baker', 2003, { languages: [] }],
  ['The.German.2012.1080p.BluRay', 'The German', 2012, { languages: [] }],
  ['French.Exit.Door.2020.1080p.WEBRip', 'French Exit Door', 2020, { languages: [] }],
  ['The.Proper.Man.1954.DVDRip.XviD', 'The Proper Man', 1954, { proper: false }],
  ['Limited.Company.2009.LIMITED.720p.BluRay.x264-CORP', 'Limited Company', 2009, { editions: ['limited'] }],
  ['Cam.Girl.2018.1080p.WEB-DL', 'Cam Girl', 2018, { source: 'webdl' }],
  ['Uncut.Grass.2019.1080p.NF.WEB-DL.DDP5.1.x264-LAWN', 'Uncut Grass', 2019, { editions: [] }],
  ['Sprint.2011.DVDRip.XviD', 'Sprint', 2011, { source: 'dvd' }],
  ['Final.Cut.2022.1080p.BluRay.x264-GRASS', 'Final Cut', 2022],
  ['The.Final.Cut.2004.1080p.BluRay', 'The Final Cut', 2004],
  ['Dual.2022.1080p.WEB', 'Dual', 2022],
  ['Opus.2025.1080p.WEB', 'Opus', 2025, { audio: [] }],
  ['It.2017.1080p.BluRay', 'It', 2017, { languages: [] }],
  ['Us.2019.1080p.BluRay', 'Us', 2019],
  ['The Collection 2012 1080p', 'The Collection', 2012, { pack: false }],
  ['The.Complete.Mill.2019.1080p', 'The Complete Mill', 2019],
  ['Shorter.and.Uncut.1994.1080p.BluRay', 'Shorter and Uncut', 1994],
  ['The.Old.German.2006.GERMAN.720p.BluRay', 'The Old German', 2006, { languages: ['de'] }],
  ['The.Mill.2019.COMPLETE.UHD.BLURAY-WATER', 'The Mill', 2019, { pack: false, quality: '2160p', source: 'bluray' }],
  // Years and numbers elsewhere
  ['(2019) Copper Harbour 1080p', 'Copper Harbour', 2019],
  ['Copper Harbour [1080p] (2019)', 'Copper Harbour', 2019],
  ['Copper.Harbour.1080p.2019.BluRay', 'Copper Harbour', 2019],
  ['Copper Harbour Collection (1999-2009) 1080p', 'Copper Harbour Collection', 1999],
  ['Copper Harbour 1999 - 2009 1080p', 'Copper Harbour', 1999],
  ['(500) Copper Days 2009 720p', '(500) Copper Days', 2009],
  ['[MILL] 2007 720p BluRay', 'MILL', 2007],
  ['Harbour.2.0.2019.1080p', 'Harbour 2 0', 2019],
  ['Copper.Harbour.Episode.3.Storm.2019.1080p.BluRay', 'Copper Harbour Episode 3 Storm', 2019],
  ['Copper.Harbour.2019.1.46Gb.HDRip', 'Copper Harbour', 2019, { source: 'hdrip' }],
  ['Copper.Harbour.2019.800MB.720p.WEBRip', 'Copper Harbour', 2019, { quality: '720p' }],
  // Editions before and behind the year
  [
    'The.Quiet.Mill.EXTENDED.1998.PROPER.DVDRip.XviD-OLDMEN',
    'The Quiet Mill',
    1998,
    { editions: ['extended'], proper: true, source: 'dvd' },
  ],
  ['The.Quiet.Mill.Directors.Cut.1998.1080p.BluRay.x264-OLDMEN', 'The Quiet Mill', 1998, { editions: ["director's cut"] }],
  ["The Quiet Mill (1998) Director's Cut 1080p BluRay", 'The Quiet Mill', 1998, { editions: ["director's cut"] }],
  ['The.Quiet.Mill.25th.Anniversary.Edition.1998.1080p.BluRay', 'The Quiet Mill', 1998, { editions: ['anniversary'] }],
  ['The.Quiet.Mill.1998.REMASTERED.UNRATED.1080p.BluRay.x264', 'The Quiet Mill', 1998, { editions: ['remastered', 'unrated'] }],
  ['The.Quiet.Mill.1998.IMAX.2160p.WEB-DL', 'The Quiet Mill', 1998, { editions: ['imax'] }],
  ['The Quiet Mill [Special Edition] 1998 DVDRip', 'The Quiet Mill', 1998, { editions: ['special'] }],
  [
    'The.Quiet.Mill.1998.Theatrical.Cut.1080p.BluRay.REMUX.AVC.DTS-HD.MA.5.1-WATER',
    'The Quiet Mill',
    1998,
    { editions: ['theatrical', 'remux'], audio: ['dtshd'] },
  ],
  ['The.Quiet.Mill.1998.3D.HSBS.1080p.BluRay.x264-DEPTH', 'The Quiet Mill', 1998, { source: 'bluray', group: 'DEPTH' }],
  ['The.Quiet.Mill.1998.Criterion.Collection.1080p.BluRay.x264', 'The Quiet Mill', 1998, { editions: ['criterion'] }],
  // Languages
  ['Die.stille.Muehle.German.1998.AC3.DL.1080p.BluRay.x264-WASSER', 'Die stille Muehle', 1998, { languages: ['de', 'multi'] }],
  ['Le.Moulin.Tranquille.1998.FRENCH.DVDRip.XviD-EAU', 'Le Moulin Tranquille', 1998, { languages: ['fr'] }],
  ['Le.Moulin.1998.TRUEFRENCH.BDRip.x264', 'Le Moulin', 1998, { languages: ['fr'] }],
  ['Il.Mulino.1998.iTALiAN.1080p.BluRay.x264-ACQUA', 'Il Mulino', 1998, { languages: ['it'] }],
  ['The Quiet Mill 1998 MULTi 1080p BluRay x264-EAU', 'The Quiet Mill', 1998, { languages: ['multi'] }],
  ['The Quiet Mill (1998) [1080p] [Hindi + English] Dual Audio', 'The Quiet Mill', 1998, { languages: ['multi', 'hi', 'en'] }],
  ['Cichy.Mlyn.1998.PL.1080p.WEB-DL.x264', 'Cichy Mlyn', 1998, { languages: ['pl'] }],
  ['The.Quiet.Mill.1998.VOSTFR.720p.WEBRip', 'The Quiet Mill', 1998, { languages: ['fr'] }],
  ['The Quiet Mill 1998 1080p BluRay ITA ENG AC3 x264-ACQUA', 'The Quiet Mill', 1998, { languages: ['it', 'en'] }],
  // Proper and repack
  [
    'The.Quiet.Mill.1998.REPACK.720p.BluRay.DTS.x264-OLDMEN[rartv]',
    'The Quiet Mill',
    1998,
    { repack: true, audio: ['dts'], group: 'OLDMEN' },
  ],
  ['The.Quiet.Mill.1998.REAL.PROPER.720p.BluRay.x264-OLDMEN', 'The Quiet Mill', 1998, { proper: true, repack: false }],
  ['The.Quiet.Mill.1998.RERIP.720p.BluRay.x264-OLDMEN', 'The Quiet Mill', 1998, { repack: true }],
  ['The.Quiet.Mill.1998.REPACK2.720p.WEB-DL', 'The Quiet Mill', 1998, { repack: true }],
  // Not numbered
  ['Mambo.No.5.1998.1080p.BluRay.x264', 'Mambo No 5', 1998],
  ['The Quiet Mill 1998 [1080p.BDRip.x264.AC3-water] [5.1] [Lektor PL]', 'The Quiet Mill', 1998],
]

test.each(FILMS)('%s', (name, title, year, facts = {}) => {
  const found = parseReleaseName(name)
  expect(found).toMatchObject({ title, ...(year === undefined ? {} : { year }), ...facts })
  expect(found).toMatchObject({ seasons: [], episodes: [] })
  if (year === undefined) expect(found.year).toBeUndefined()
})
