import type { TrackMapping } from '@torrentino/domain'
import { EXTENSIONS } from '../release-name/music/facts-of.js'
import type { TitleFacts } from '../title/read-title.js'
import type { MusicQuality } from './music.js'

/** As the title tells it; the files that are wanted tell the format for certain. */
export function offeredQuality({ parsed }: Pick<TitleFacts, 'parsed'>, mapping: readonly TrackMapping[]): MusicQuality {
  const { audio_format, bitrate, sample_rate, bit_depth } = parsed
  const ending = mapping[0]?.torrent_file_path.split('.').at(-1)?.toLowerCase() ?? ''
  const told = ending === 'm4a' && audio_format === 'alac' ? audio_format : EXTENSIONS[ending]
  return { audio_format: told ?? audio_format, bitrate, sample_rate, bit_depth }
}
