import { plainText } from '../text/plain-text.js'
import type { Evidence, Verdict } from './rule.js'

interface Asked {
  pattern: RegExp
  points: number
  /** Where the file list is known, the tracks tell. */
  titleOnly?: true
}

const ASKED: Asked[] = [
  { pattern: /\b(?:live|in concert|unplugged|sessions?)\b/, points: -0.3 },
  { pattern: /\b(?:remix(?:es|ed)?|remixes)\b/, points: -0.3 },
  { pattern: /\b(?:demos?|outtakes)\b/, points: -0.3 },
  { pattern: /\binstrumentals?\b/, points: -0.3 },
  { pattern: /\bacoustic\b/, points: -0.3 },
  { pattern: /\b(?:ep|single)\b/, points: -0.15, titleOnly: true },
  { pattern: /\b(?:deluxe|expanded|anniversary|special|bonus|super|collectors)\b/, points: -0.1, titleOnly: true },
]

/** What the ticket's album asks for by its name and the candidate nowhere claims to be: the live album is not the one from the studio. */
export function recordingRule({ request, title, files }: Evidence): Verdict | undefined {
  const wanted = plainText(request.search.album ?? '')
  if (files?.lengths === 'exact') return undefined
  const folders = files?.mapping.map((entry) => entry.torrent_file_path.split('/').slice(-3).join(' ')) ?? []
  const offered = `${title.plain} ${plainText([...new Set(folders)].join(' ').slice(0, 900))}`
  const missing = ASKED.find(({ pattern, titleOnly }) => pattern.test(wanted) && !pattern.test(offered) && !(titleOnly && files))
  if (!missing) return undefined
  const word = missing.pattern.exec(wanted)?.[0] ?? ''
  return { code: 'other_recording', points: missing.points, text: `nothing says that it is the "${word}" that was asked for` }
}
