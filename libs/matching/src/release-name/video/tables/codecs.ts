import type { Row } from './row.js'

export const CODECS: Row[] = [
  { value: 'h264', anywhere: 'x264, h264, h 264, x 264, mpeg4 avc, 264', touching: 'avc' },
  { value: 'h265', anywhere: 'x265, h265, h 265, x 265, hevc, 265, hevc10, hvec' },
  { value: 'h266', anywhere: 'x266, h266, h 266, vvc' },
  { value: 'h263', anywhere: 'h263, h 263, x263' },
  { value: 'av1', anywhere: 'av1, av 1' },
  { value: 'xvid', anywhere: 'xvid, xvid hd, xvidvd, x vid' },
  { value: 'divx', anywhere: 'divx, divx5, divx6, dvdivx, div x' },
  { value: 'mpeg2', anywhere: 'mpeg2, mpeg 2, mpg2, h262, h 262', touching: 'mpeg' },
  { value: 'mpeg4', anywhere: 'mpeg4, mpeg 4' },
  { value: 'vc1', anywhere: 'vc1, vc 1' },
  { value: 'vp8', anywhere: 'vp8' },
  { value: 'vp9', anywhere: 'vp9, vp 9' },
  { value: 'wmv', touching: 'wmv, wmv hd, wmvhd' },
  { value: 'realvideo', touching: 'rv10, rv9, realvideo' },
]
