import type { Row } from './row.js'

/** A phrase that names two at once stands in both rows. Numbers of channels behind a phrase are read apart. */
export const AUDIO: Row[] = [
  { value: 'atmos', anywhere: 'dolby atmos, ddpa, truehd atmos, ddp atmos, dd+ a', touching: 'atmos', after: 'dda' },
  { value: 'truehd', anywhere: 'truehd, true hd, dolby truehd, truehd atmos, dolby true hd' },
  { value: 'dtsx', anywhere: 'dtsx, dts x, dts x ma' },
  {
    value: 'dtshd',
    anywhere:
      'dts hd ma, dts hd, dts ma, dts hdma, dts hd hr, dts hr, dts hr ma, dts hd hra, dts hra, dts hdd, dts hd mad, dts lossless, dtshd hi, dts hd hi res, dts hd master audio',
  },
  { value: 'dts', anywhere: 'dts, dts es, dtses, dtsd, dtsdl, dts dd, dts core, dtsrip' },
  {
    value: 'eac3',
    anywhere: 'ddp, dd+, dd p, eac3, e ac3, e ac 3, eac 3, ddpa, dolby digital plus, eac3d, eac3dl, ddp atmos, dd+ a, ddplus, ddpd, eac3ld',
  },
  {
    value: 'ac3',
    anywhere: 'ac3, ac 3, ac3d, ac3dl, ac3ld, ac3md, dolby digital, dolbyd, dd2 0, dd5 1, dd51, dd20, 5 1dd, ac35 1',
    touching: 'dd, ddl, dd ex, ddex, dolby',
  },
  { value: 'aac', anywhere: 'aac, he aac, aac lc, heaac, heaacv2, he aacv2, aacv2, qaac, aacd, aac he, aaclc' },
  { value: 'flac', anywhere: 'flac, flac24, flac16' },
  { value: 'mp3', anywhere: 'mp3, lame', touching: 'lc mp3' },
  { value: 'mp2', anywhere: 'mp2' },
  { value: 'opus', touching: 'opus' },
  { value: 'ogg', touching: 'ogg, vorbis' },
  { value: 'pcm', anywhere: 'lpcm, pcm' },
  { value: 'wma', touching: 'wma' },
  { value: 'alac', anywhere: 'alac' },
]
