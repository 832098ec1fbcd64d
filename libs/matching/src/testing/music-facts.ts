import { parseMusicRelease } from '../release-name/music/parse-music-release.js'

/** All that a name was found to say, in one line: "artist | album | year=2004 source=web". */
export function musicFacts(name: string): string {
  const { artist = '-', album = '-', ...facts } = parseMusicRelease(name)
  const told = Object.entries(facts).filter(
    ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  )
  return `${artist} | ${album} | ${told.map(([key, value]) => (value === true ? key : `${key}=${value}`)).join(' ')}`.trim()
}

/** Rows of "name => facts". */
export function factRows(table: string): [name: string, facts: string][] {
  const rows = table.split('\n').filter((line) => line.trim() !== '')
  return rows.map((line) => line.split(' => ').map((part) => part.trim()) as [string, string])
}
