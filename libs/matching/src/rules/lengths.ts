import { agreementOf, median } from '../files/lengths.js'
import type { Evidence, Verdict } from './rule.js'
import { hasConstantBitrate } from './size.js'

/** A file of less than this share of what the others need for their tracks broke off, or is no music. */
const BROKEN = 0.25

/** Sizes of files against the lengths of their tracks: at one bitrate they show whether these are the recordings that are meant. */
export function lengthsRule(evidence: Evidence): Verdict | undefined {
  const sized = sizedFiles(evidence)
  if (sized.length === 0) return undefined
  const usual = median(sized.map(({ bytes, secs }) => bytes / secs))
  const broken = sized.filter(({ bytes, secs }) => bytes / secs < BROKEN * usual).length
  if (broken > 0) return { code: 'broken_files', points: -0.3, text: `${broken} of its files are far too small for their tracks` }
  const agreement = agreementOf(sized, hasConstantBitrate(evidence.title.audio))
  if (agreement === 'exact') return { code: 'lengths', points: 0.05, text: 'the sizes of its files follow the lengths of the tracks' }
  if (agreement === 'good') return { code: 'lengths', points: 0.03, text: 'the sizes of its files go with the lengths of the tracks' }
  if (agreement !== 'contrary') return undefined
  return {
    code: 'lengths',
    points: -0.25,
    text: 'the sizes of its files do not go with the lengths of the tracks: these may be other recordings',
  }
}

function sizedFiles({ request, files }: Evidence): { bytes: number; secs: number }[] {
  const sizes = new Map(files?.audio.map((file) => [file.path, file.sizeBytes]))
  const lengths = new Map(request.tracks.map((track) => [track.catalog_track_id, track.duration_secs]))
  return (files?.mapping ?? []).flatMap((entry) => {
    const secs = lengths.get(entry.catalog_track_id)
    const bytes = sizes.get(entry.torrent_file_path)
    return secs === undefined || bytes === undefined ? [] : { secs, bytes }
  })
}
