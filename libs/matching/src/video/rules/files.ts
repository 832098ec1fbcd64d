import { percent, type Verdict } from '../../rules/rule.js'
import type { VideoEvidence } from '../evidence.js'
import { isArchive, isProgram } from '../files/read-video-file.js'

const EPISODES = 0.35
const POINTS = 0.05
const GOOD = 0.8

/** How much of what is wanted the file list holds. */
export function filesRule({ wish, files }: VideoEvidence): Verdict | undefined {
  if (!files) return undefined
  const found = files.mapping.length
  const wanted = found + files.unmapped.length
  const what = wish.kind === 'film' ? 'film' : 'wanted episodes'
  if (found === 0) return { code: 'coverage', points: -1, text: `the ${what} cannot be found among its files`, reject: true }
  const whole = wish.kind === 'film' ? 0 : EPISODES
  if (found < wanted)
    return { code: 'coverage', points: whole * (found / wanted), text: `${found} of ${wanted} wanted episodes are among its files` }
  if (files.confidence < GOOD)
    return {
      code: 'coverage',
      points: whole * 0.5 - (wish.kind === 'film' ? 0.2 : 0),
      text: `its files fit by ${percent(files.confidence)} only`,
    }
  return {
    code: 'coverage',
    points: whole + POINTS,
    text: wish.kind === 'film' ? 'its files hold one film' : `all ${wanted} wanted episodes are among its files`,
  }
}

/** Programs in a torrent of a film wait for somebody to open them; what is packed cannot be looked into. */
export function dangerRule({ candidate, files, release }: VideoEvidence): Verdict | undefined {
  if (!files) return undefined
  const paths = candidate.files?.map((file) => file.path) ?? []
  if (paths.some(isProgram)) return { code: 'program', points: -1, text: 'there is a program among its files', reject: true }
  const chosen = files.mapping.map((entry) => entry.torrent_file_path)
  if (modern(release) && chosen.some((path) => /\.(?:wmv|asf)$/i.test(path)))
    return { code: 'odd_container', points: -0.4, text: 'nobody makes such a release as WMV, but fakes are' }
  const packed = files.videos.length === 0 && paths.some(isArchive)
  return packed ? { code: 'packed', points: -0.4, text: 'its content is packed in archives' } : undefined
}

function modern({ quality, source }: VideoEvidence['release']): boolean {
  return quality !== undefined && ['bluray', 'webdl', 'webrip', 'web'].includes(source ?? '')
}
