import { describe, expect, test } from '@jest/globals'
import { parseReleaseName } from './parse-release-name.js'

function parse(tags: string) {
  return parseReleaseName(`Copper.Harbour.2019.${tags}`)
}

describe('quality', () => {
  test.each([
    ['2160p.WEB', '2160p'],
    ['4K.UHD.BluRay', '2160p'],
    ['UHD.BluRay.HEVC', '2160p'],
    ['1080p.UHD.BluRay', '1080p'],
    ['1080i.HDTV', '1080i'],
    ['1920x1080.BluRay', '1080p'],
    ['1920x800.BluRay', '1080p'],
    ['1280x720.BluRay', '720p'],
    ['BD1080p.x265', '1080p'],
    ['720p60.WEB', '720p'],
    ['[1080p@60fps]', '1080p'],
    ['BluRay [1080p PL]', '1080p'],
    ['1080p10bit.WEB', '1080p'],
    ['576p.DVDRip', '576p'],
    ['480i.DVD', '480i'],
    ['720i.HDTV', '720p'],
    ['540p.WEB', '540p'],
    ['848x480.DVDRip', '480p'],
    ['FullHD.WEB-DL', '1080p'],
    ['8K.WEB-DL', '4320p'],
    ['DVDRip.XviD', undefined],
  ])('%s is %s', (tags, quality) => {
    expect(parse(tags).quality).toBe(quality)
  })
})

describe('source', () => {
  test.each([
    ['1080p.Blu-ray', 'bluray'],
    ['1080p.BDRip', 'bluray'],
    ['1080p.BRRip', 'bluray'],
    ['1080p.BDRemux', 'bluray'],
    ['COMPLETE.BLURAY', 'bluray'],
    ['1080p.REMUX.AVC', 'bluray'],
    ['HDDVD.720p', 'hddvd'],
    ['1080p.WEB-DL', 'webdl'],
    ['1080p.WEBDL', 'webdl'],
    ['1080p.WEB.DL', 'webdl'],
    ['1080p.AMZN.WEB-DL.REMUX', 'webdl'],
    ['1080p.WEBRip', 'webrip'],
    ['1080p.WEB-Rip', 'webrip'],
    ['WEB-DLRip', 'webrip'],
    ['1080p.WEB', 'web'],
    ['1080p.DSNP.H264', 'web'],
    ['720p.HDTV', 'hdtv'],
    ['PDTV.XviD', 'tv'],
    ['DSR.XviD', 'tv'],
    ['TVRip.XviD', 'tv'],
    ['SATRip.XviD', 'tv'],
    ['DVDRip.XviD', 'dvd'],
    ['DVD9.PAL', 'dvd'],
    ['NTSC.DVDR', 'dvd'],
    ['DVDSCR.XviD', 'screener'],
    ['DVD.Screener.XviD', 'screener'],
    ['BRSCR.x264', 'screener'],
    ['HDTC.x264', 'telecine'],
    ['TELESYNC.x264', 'telesync'],
    ['HDTS.x264', 'telesync'],
    ['TS.XviD', 'telesync'],
    ['CAM.XviD', 'cam'],
    ['HDCAM.x264', 'cam'],
    ['HDRip.XviD', 'hdrip'],
    ['VHSRip.XviD', 'vhs'],
    ['WORKPRINT.XviD', 'workprint'],
    ['1080p.x264', undefined],
  ])('%s is %s', (tags, source) => {
    expect(parse(tags).source).toBe(source)
  })
})

describe('codec', () => {
  test.each([
    ['1080p.BluRay.x264', 'h264'],
    ['1080p.BluRay.H.264', 'h264'],
    ['1080p.BluRay.AVC', 'h264'],
    ['1080p.WEB-DLx264', 'h264'],
    ['1080p.BluRay.x265', 'h265'],
    ['1080p.BluRay.HEVC10bit', 'h265'],
    ['1080p.BluRay.H 265', 'h265'],
    ['1080p.WEB.AV1', 'av1'],
    ['1080p.WEB.VP9', 'vp9'],
    ['DVDRip.XviD', 'xvid'],
    ['DVDRip.DivX', 'divx'],
    ['1080i.HDTV.MPEG2', 'mpeg2'],
    ['1080i.HDTV.MPEG-2', 'mpeg2'],
    ['1080p.BluRay.VC-1', 'vc1'],
    ['1080p.BluRay', undefined],
  ])('%s is %s', (tags, codec) => {
    expect(parse(tags).codec).toBe(codec)
  })
})

describe('audio', () => {
  test.each([
    ['BluRay.DTS.x264', ['dts']],
    ['BluRay.DTS-ES.x264', ['dts']],
    ['BluRay.DTS-HD.MA.5.1', ['dtshd']],
    ['BluRay.DTS-HDMA7.1', ['dtshd']],
    ['BluRay.DTS-X.7.1', ['dtsx']],
    ['BluRay.TrueHD.7.1.Atmos', ['truehd', 'atmos']],
    ['WEB-DL.DDP5.1', ['eac3']],
    ['WEB-DL.DD+5.1', ['eac3']],
    ['WEB-DL.EAC3', ['eac3']],
    ['WEB-DL.E-AC-3', ['eac3']],
    ['WEB-DL.DDPA5.1', ['atmos', 'eac3']],
    ['WEB-DL.DDP5.1.Atmos', ['eac3', 'atmos']],
    ['WEB-DL.DD5.1', ['ac3']],
    ['WEB-DL.AC3', ['ac3']],
    ['WEB-DL.AAC2.0', ['aac']],
    ['WEB-DL.AAC', ['aac']],
    ['BluRay.FLAC.2.0', ['flac']],
    ['BluRay.FLACx2', ['flac']],
    ['BluRay.LPCM.2.0', ['pcm']],
    ['WEBRip.Opus', ['opus']],
    ['DVDRip.MP3', ['mp3']],
    ['BluRay.DTS.AC3.x264', ['dts', 'ac3']],
    ['BluRay.x264', []],
  ])('%s is %j', (tags, audio) => {
    expect(parse(tags).audio).toEqual(audio)
  })
})

describe('colours', () => {
  test.each([
    ['2160p.DV.HDR10', ['dv', 'hdr10']],
    ['2160p.DoVi.HDR10+', ['dv', 'hdr10+']],
    ['2160p.HDR10Plus', ['hdr10+']],
    ['2160p.HDR', ['hdr']],
    ['2160p.HLG', ['hlg']],
    ['2160p.SDR', ['sdr']],
    ['2160p', []],
  ])('%s is %j', (tags, hdr) => {
    expect(parse(tags).hdr).toEqual(hdr)
  })

  test.each([
    ['1080p.10bit.x265', 10],
    ['1080p.10-bit.x265', 10],
    ['1080p.x265.12bit', 12],
    ['720p.Hi10P', 10],
    ['1080p.8bit', 8],
    ['1080p', undefined],
  ])('%s has a depth of %s', (tags, depth) => {
    expect(parse(tags).bit_depth).toBe(depth)
  })
})

test('three-dimensional films', () => {
  expect(parse('1080p.3D.BluRay.Half-SBS.x264')).toMatchObject({ source: 'bluray', editions: ['3d'] })
})
