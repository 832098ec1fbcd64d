import { parseMusicRelease, parseReleaseName } from '@torrentino/matching'
import { cpuMs } from './cpu-ms.js'
import type { Row } from './table.js'

const NAMES = 2000
const WARM_UPS = 5

const VIDEO = [
  (nr: number) => `Harbour.Line.S0${(nr % 9) + 1}E${10 + (nr % 80)}.1080p.AMZN.WEB-DL.DDP5.1.H.264-EXAMPLE`,
  (nr: number) => `The Copper Orchard ${nr} (${1960 + (nr % 60)}) [1080p] [BluRay] [5.1] [x265] [10bit]`,
  (nr: number) => `[Group] Sky Garden - ${10 + (nr % 80)} (BD 1920x1080 x264 FLAC) [A1B2C3D4].mkv`,
]
const MUSIC = [
  (nr: number) => `The Example Band - First Steps ${nr} (${1960 + (nr % 60)}) [FLAC 24-96] {CD}`,
  (nr: number) => `The_Example_Band-First_Steps_${nr}-(EXR${nr})-WEB-${1960 + (nr % 60)}-EXAMPLE`,
]

/** Names a millisecond, beside the few regular expressions with which a first version reads them. */
export function benchReading(): Row[] {
  return [row('(e) video names/CPU ms', VIDEO, parseReleaseName), row('(e) music names/CPU ms', MUSIC, parseMusicRelease)]
}

function row(name: string, forms: ((nr: number) => string)[], parse: (name: string) => unknown): Row {
  const names = Array.from({ length: NAMES }, (_, nr) => (forms[nr % forms.length] as (nr: number) => string)(nr))
  return { name, ours: perMs(names, parse), bare: perMs(names, readNaively), aim: 'over 5 names' }
}

/** When it is compiled, as it is in a process that has read names for a few seconds. */
function perMs(names: string[], parse: (name: string) => unknown): number {
  for (let pass = 0; pass < WARM_UPS; pass += 1) for (const name of names) parse(name)
  const began = cpuMs()
  for (const name of names) parse(name)
  return names.length / (cpuMs() - began)
}

const FIELDS = [
  /\b(19|20)\d\d\b/,
  /S(\d{2})E(\d{2})/i,
  /\b(2160p|1080p|720p|480p)\b/i,
  /\b(BluRay|WEB-?DL|WEBRip|HDTV|DVDRip)\b/i,
  /\b(x264|x265|H\.?26[45]|HEVC|XviD)\b/i,
  /\b(AAC|AC3|DTS|FLAC|MP3|DDP?5\.1)\b/i,
  /\b(PROPER|REPACK)\b/i,
  /-([A-Za-z0-9]+)$/,
]

function readNaively(name: string): unknown {
  const found = FIELDS.map((field) => field.exec(name))
  const end = Math.min(...found.flatMap((match) => (match ? match.index : [])))
  return [name.slice(0, end).replace(/[._]/g, ' ').trim(), ...found.map((match) => match?.[0])]
}
