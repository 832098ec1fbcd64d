/**
 * ffmpeg believes content, not names: a playlist called track.flac would be followed to other files and hosts.
 * So it may read files only, and only through demuxers that never open a second one.
 */
const DEMUXERS = [
  ...[
    'aac',
    'ac3',
    'aiff',
    'amr',
    'ape',
    'asf',
    'au',
    'avi',
    'caf',
    'dsf',
    'dts',
    'dtshd',
    'eac3',
    'flac',
    'iff',
    'matroska',
    'webm',
    'mov',
    'mp4',
  ],
  ...['m4a', 'mp3', 'mpc', 'mpc8', 'mpeg', 'mpegts', 'ogg', 'tak', 'truehd', 'tta', 'w64', 'wav', 'wv'],
]

export const MEDIA_GUARDS = ['-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS.join(',')] as const

/** For what is decoded: sums that a format keeps over its frames are looked at, which ffmpeg does only when it is asked to. */
export const DECODING_GUARDS = [...MEDIA_GUARDS, '-err_detect', 'crccheck'] as const

/** For input whose kind is known: no guessing at all. */
export function guardsFor(demuxer: string): string[] {
  return ['-protocol_whitelist', 'file', '-f', demuxer]
}
