import type { Evidence, Verdict } from './rule.js'

/** Where only the title speaks, and it tells a number of tracks that is too small. */
export function trackCountRule({ request, title, files }: Evidence): Verdict | undefined {
  const told = /\b(\d{1,3}) (?:tracks|songs)\b/.exec(title.plain)?.[1]
  if (files || told === undefined || request.request_scope !== 'full_album' || Number(told) >= request.tracks.length) return undefined
  return { code: 'track_count', points: -0.2, text: `the title tells of ${told} tracks, ${request.tracks.length} were wanted` }
}
