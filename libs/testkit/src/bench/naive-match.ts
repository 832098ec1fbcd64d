import type { NewTicket, TorrentCandidate } from '@torrentino/domain'

/** The peer: string similarity of every title, and of every track with every file, all at once. No assignment, no rules. */
export function naiveScores(request: NewTicket, candidates: readonly TorrentCandidate[]): number[] {
  const wanted = `${request.search.artist} ${request.search.album ?? ''}`
  return candidates.map(({ title, files = [] }) => {
    const tracks = request.tracks.map((track) => Math.max(...files.map((file) => dice(track.name, file.path.split('/').at(-1) ?? ''))))
    const mean = tracks.reduce((sum, share) => sum + share, 0) / tracks.length
    return (dice(wanted, title) + mean) / 2
  })
}

/** Dice's coefficient over pairs of letters. */
function dice(first: string, second: string): number {
  const [a, b] = [first.replace(/\s+/g, ''), second.replace(/\s+/g, '')]
  if (a === b) return 1
  if (a.length < 2 || b.length < 2) return 0
  const pairs = new Map<string, number>()
  for (let at = 0; at < a.length - 1; at += 1) {
    const pair = a.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  let shared = 0
  for (let at = 0; at < b.length - 1; at += 1) {
    const pair = b.slice(at, at + 2)
    const left = pairs.get(pair) ?? 0
    if (left === 0) continue
    pairs.set(pair, left - 1)
    shared += 1
  }
  return (2 * shared) / (a.length + b.length - 2)
}
