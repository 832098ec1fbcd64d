import { StageError } from '@torrentino/domain'
import { isLossless } from './codecs.js'

/** ffmpeg goes on past frames that it cannot read, and ends with code 0; only its log tells. */
const DAMAGE =
  /CRC error|CRC mismatch|incorrect frame crc|decode_frame\(\) failed|Error while decoding stream|Error submitting packet to decoder/

/**
 * Frames of the source that are not as they were written. What was to lose nothing has then lost something, and that is an error;
 * lossy files have often a torn frame at an end that nobody hears, and so it is a note.
 */
export function noteDamage(log: string, codec: string, input: string, notes: string[]): void {
  const lines = log.split('\n').filter((line) => DAMAGE.test(line))
  if (lines.length === 0) return
  const first = (lines[0] ?? '').slice(0, 200)
  if (isLossless(codec)) throw new StageError('permanent', 'media_damaged', `${input} is damaged: ${first}`)
  notes.push(`parts of its source could not be decoded: ${first}`)
}
