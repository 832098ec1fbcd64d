import type { ParsedRelease, Quality, ReleaseSource } from '../release-name/parsed-release.js'

/** What the order of two releases depends on. */
export type VideoQuality = Pick<ParsedRelease, 'quality' | 'source' | 'codec' | 'proper' | 'repack'>

/** Tables go from best to least. Recorded or leaked before the film was out: whatever lines they claim, there is less to be seen than on any real release. */
const BEFORE_RELEASE: readonly ReleaseSource[] = ['screener', 'telecine', 'workprint', 'telesync', 'cam']
const SOURCES: readonly ReleaseSource[] = ['bluray', 'hddvd', 'webdl', 'web', 'webrip', 'hdtv', 'tv', 'dvd', 'vhs', ...BEFORE_RELEASE]
const CODECS = ['h265', 'av1', 'h264', 'vp9', 'vc1', 'mpeg2', 'xvid', 'divx', 'wmv', 'h263']

/** Where the name tells no lines, the source bounds them. */
const LINES_OF_SOURCE: Partial<Record<ReleaseSource, number>> = { dvd: 576, tv: 576 }
const UNKNOWN_LINES = 480

export const DEFAULT_VIDEO_LIMIT: Quality = '1080p'

/** A name that tells no lines is within: nobody hides that a release is larger. */
export function isVideoWithin(release: Pick<VideoQuality, 'quality'>, limit: Quality = DEFAULT_VIDEO_LIMIT): boolean {
  return release.quality === undefined || linesOf(release.quality) <= linesOf(limit)
}

/** Negative where `a` is the better one: lines, source, corrected versions, codec. */
export function compareVideo(a: VideoQuality, b: VideoQuality): number {
  return (
    shownLines(b) - shownLines(a) ||
    place(SOURCES, a.source) - place(SOURCES, b.source) ||
    corrections(b) - corrections(a) ||
    place(CODECS, a.codec) - place(CODECS, b.codec)
  )
}

export function isBeforeRelease(source: ReleaseSource | undefined): boolean {
  return source !== undefined && BEFORE_RELEASE.includes(source)
}

/** Lines that are really to be seen. */
export function shownLines({ quality, source }: Pick<VideoQuality, 'quality' | 'source'>): number {
  if (isBeforeRelease(source)) return 0
  if (quality) return linesOf(quality)
  return (source && LINES_OF_SOURCE[source]) ?? UNKNOWN_LINES
}

/** Of the picture; half of them at a time where it is interlaced, which is a little less. */
function linesOf(quality: Quality): number {
  return Number.parseInt(quality, 10) - (quality.endsWith('i') ? 1 : 0)
}

/** 0..1: how good the source is. */
export function sourceShare(source: ReleaseSource | undefined): number {
  return 1 - place(SOURCES, source) / SOURCES.length
}

/** What is not told, or no row of the table, stands in its middle. */
function place<T>(table: readonly T[], value: T | undefined): number {
  const at = value === undefined ? -1 : table.indexOf(value)
  return at < 0 ? table.length / 2 : at
}

function corrections({ proper, repack }: VideoQuality): number {
  return Number(proper) + Number(repack)
}
