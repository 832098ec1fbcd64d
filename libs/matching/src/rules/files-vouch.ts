import type { Evidence } from './rule.js'

const ENOUGH_TRACKS = 3
const CERTAIN = 0.85

/**
 * 0..1: how far the file list alone shows that the album is inside, whatever the title says.
 * A few tracks prove little: songs appear on many releases.
 */
export function filesVouch({ request, files }: Evidence): number {
  if (!files || files.unmapped.length > 0 || files.confidence < CERTAIN) return 0
  const whole = request.request_scope === 'individual_tracks' || files.mapping.length >= ENOUGH_TRACKS
  return whole ? 0.9 : 0
}
