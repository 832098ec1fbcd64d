import type { TagSet } from './audio-tags.js'
import { tagFlac } from './flac-file.js'
import { tagMp3 } from './mp3-file.js'
import { tagMp4 } from './mp4-file.js'
import { tagOgg } from './ogg-file.js'
import { TaggedFile } from './tagged-file.js'
import { tagWav } from './wav-file.js'

export type Container = 'ogg' | 'mp3' | 'mp4' | 'flac' | 'wav'

const WRITERS: Record<Container, (file: TaggedFile, set: TagSet) => Promise<void>> = {
  ogg: tagOgg,
  mp3: tagMp3,
  mp4: tagMp4,
  flac: tagFlac,
  wav: tagWav,
}

/** The audio of one file in another, with exactly these tags. ffmpeg knows too few fields, and one value to each. */
export function writeTags(input: string, output: string, container: Container, set: TagSet, signal?: AbortSignal): Promise<void> {
  return TaggedFile.run(input, output, signal, (file) => WRITERS[container](file, set))
}
