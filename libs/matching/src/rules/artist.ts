import { type Evidence, percent, ramp, type Verdict } from './rule.js'

const POINTS = 0.35

export function artistRule({ request, names }: Evidence): Verdict {
  const points = POINTS * ramp(names.artist, 0.5, 0.95)
  const { artist } = request.search
  const text =
    names.artist >= 0.95
      ? `the title names ${artist}`
      : names.artist < 0.5
        ? `the title does not name ${artist}`
        : `the artist is ${percent(names.artist)} like ${artist}`
  return { code: 'artist', points, text }
}
