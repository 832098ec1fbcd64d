import type { Row } from './row.js'

export const HDR: Row[] = [
  { value: 'dv', anywhere: 'dolby vision, dolbyvision, dovi, dv hdr, dv hdr10, dv hdr10+, dvhdr', after: 'dv' },
  { value: 'hdr10+', anywhere: 'hdr10+, hdr10p, hdr10plus, hdr10 plus, dv hdr10+' },
  { value: 'hdr10', anywhere: 'hdr10, hdr 10, dv hdr10' },
  { value: 'hdr', anywhere: 'hdr, dv hdr, dvhdr', touching: 'hdr vivid' },
  { value: 'hlg', anywhere: 'hlg' },
  { value: 'sdr', touching: 'sdr' },
]

/** Bits of a colour. */
export const DEPTHS: Row[] = [
  { value: '8', anywhere: '8bit, 8 bit, 8bits' },
  { value: '10', anywhere: '10bit, 10 bit, 10bits, hi10p, hi10, 10bpc' },
  { value: '12', anywhere: '12bit, 12 bit, 12bits' },
]
