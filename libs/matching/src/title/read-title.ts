import { parseMusicRelease } from '../release-name/music/parse-music-release.js'
import type { ParsedMusicRelease } from '../release-name/parsed-release.js'
import { plainText, withoutAccents, wordsOf } from '../text/plain-text.js'
import { type AudioFacts, audioFacts, isTagWord, isYear } from './tags.js'

const MAX_TITLE = 500
const MAX_SEGMENTS = 8

/** One way to read a title as artist and album. */
export interface Reading {
  artist: string[]
  album: string[]
}

export interface TitleFacts {
  audio: AudioFacts
  /** Every year named, in order; `span` where it is a run of years, as discographies have. */
  years: number[]
  span?: { from: number; to: number }
  discography: boolean
  readings: Reading[]
  /** Words up to the first tag, for titles of no form that tells artist from album: of all parts, and of the first alone. */
  nameWords: string[]
  firstWords: string[]
  /** The same part by part. */
  heads: string[][]
  /** The whole title, as it is compared. */
  plain: string
  /** The title as the parser of release names takes it. */
  parsed: ParsedMusicRelease
}

/** What a release name says, as far as scoring asks. It keeps all plausible readings instead of deciding for one. */
export function readTitle(title: string): TitleFacts {
  const text = normaliseForm(title.slice(0, MAX_TITLE))
  const loose = withoutAccents(text).toLowerCase()
  const segments = segmentsOf(text)
  const parsed = parseMusicRelease(title.slice(0, MAX_TITLE))
  const span = /\b((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)\b/.exec(text)
  return {
    audio: audioFacts(loose, parsed),
    years: [...new Set([...text.matchAll(/(?<!\d)(?:19[2-9]\d|20[0-4]\d)(?!\d)/g)].map(([year]) => Number(year)))],
    ...(span && span[1] !== span[2] ? { span: { from: Number(span[1]), to: Number(span[2]) } } : {}),
    discography:
      parsed.discography ||
      /\b(discograph(?:y|ie|ia)|discografia|дискография|complete (?:works|albums|studio albums|collection)|all albums|\d+ albums|collection)\b/iu.test(
        loose,
      ) ||
      /дискография/iu.test(loose),
    readings: readingsOf(segments),
    nameWords: segments.flatMap((segment) => segment.head),
    firstWords: segments[0]?.head ?? [],
    heads: segments.map((segment) => segment.head),
    plain: plainText(text),
    parsed,
  }
}

/** Names of the scene have dots or underscores for spaces; afterwards all names have spaces. */
function normaliseForm(title: string): string {
  const trimmed = title.replace(/\.(?:torrent|zip|rar)$/i, '').trim()
  if (/\s/.test(trimmed)) return trimmed.replace(/_/g, ' ')
  // As links write it.
  if (/\+-\+|\+.*\+/.test(trimmed)) return trimmed.replace(/[+_]/g, ' ')
  const spaced = trimmed.replace(/_-_|\.-\./g, ' - ').replace(/[_.]+/g, ' ')
  return spaced.includes(' - ') ? spaced : spaced.replace(/-/g, ' - ')
}

interface Segment {
  /** Words before the first tag; all words that are no tags; and these with the years among them. */
  head: string[]
  all: string[]
  withYears: string[]
}

function segmentsOf(text: string): Segment[] {
  const parts = text.split(/\s+[-–—]+\s+/).slice(0, MAX_SEGMENTS)
  return parts.map(segmentOf).filter((segment) => segment.withYears.length > 0)
}

function segmentOf(part: string): Segment {
  const open = part.replace(/\[[^\]]*(?:\]|$)|\{[^}]*(?:\}|$)/g, ' \u0000 ')
  const words = open.split(/[\s()]+/).flatMap((raw) => (raw.includes('\u0000') ? ['\u0000'] : wordsOf(raw)))
  const named = words.filter((word) => word !== '\u0000')
  const withYears = named.filter((word) => !isTagWord(word))
  const all = withYears.filter((word, index) => !isYear(word) || (index === 0 && withYears.length === 1))
  const stop = words.findIndex((word, index) => index > 0 && (word === '\u0000' || isTagWord(word) || isYear(word)))
  const head = (stop < 0 ? words : words.slice(0, stop)).filter((word) => word !== '\u0000' && !(isTagWord(word) && words.length > 1))
  return { head, all, withYears }
}

function readingsOf(segments: Segment[]): Reading[] {
  const [first, ...rest] = segments
  if (!first) return []
  const readings = rest.flatMap((_segment, index) => {
    const parts = rest.slice(index)
    const one = parts[0] as Segment
    const artists = [first, ...rest.slice(0, index)].flatMap((segment) => segment.all)
    const joined = parts.flatMap((segment) => segment.all)
    const albums = [one.head, one.all, one.withYears, joined]
    return albums.flatMap((album) => [{ artist: first.all, album }, ...(index > 0 ? [{ artist: artists, album }] : [])])
  })
  const second = rest[0]
  if (second) readings.push({ artist: second.head, album: first.all })
  return readings
}
