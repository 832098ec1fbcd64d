import type { PathPair } from './options.js'

/** Our name of a folder as qBittorrent knows it: by the longest pair that fits, else unchanged. */
export function toTheirs(pairs: readonly PathPair[], folder: string): string {
  const [best] = pairs.filter(({ ours }) => isBelow(folder, bare(ours))).sort((a, b) => b.ours.length - a.ours.length)
  if (!best) return folder
  const rest = folder.slice(bare(best.ours).length)
  // A qBittorrent on Windows has its own way with slashes.
  return `${bare(best.theirs)}${best.theirs.includes('\\') ? rest.replaceAll('/', '\\') : rest}`
}

export function samePlace(left: string, right: string): boolean {
  return bare(left.replaceAll('\\', '/')) === bare(right.replaceAll('\\', '/'))
}

function isBelow(folder: string, top: string): boolean {
  return folder === top || folder.startsWith(`${top}/`)
}

function bare(path: string): string {
  return path.replace(/[/\\]+$/, '')
}
