import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { section } from '../section.js'
import { choice, decimal, describe, flag, integer, numberFromText, type Setting } from '../setting.js'
import { folder, program } from './path.js'

const parallel = z
  .int()
  .min(1)
  .max(256)
  .prefault(() => availableParallelism()) as unknown as Setting<number>

export const converter = section({
  ffmpeg_path: program({ about: 'The ffmpeg program; empty = from PATH' }),
  ffprobe_path: program({ about: 'The ffprobe program; empty = from PATH' }),
  temp_dir: folder({ about: 'Where files are converted', fallback: './.data/work' }),
  max_parallel_conversions: describe(parallel, {
    about: 'Conversions at once in one process; unset = number of cores',
    allowed: 'a whole number from 1 to 256',
    fallback: '',
    fromText: numberFromText,
  }),
  stall_timeout_secs: decimal({ about: 'An ffmpeg without progress for this long is killed', min: 1, max: 86400, fallback: 60 }),
  upscale: choice(['flag', 'refuse'], {
    about: 'Where the result would only look better than its source (lossy to lossless, 128 to 320 kbit/s): note it, or refuse to make it',
    fallback: 'flag',
  }),
  cover_max_side: integer({
    about: 'Covers with more pixels to a side are scaled down before they are embedded',
    min: 100,
    max: 16384,
    fallback: 1200,
  }),
  hdcd: choice(['keep', 'decode'], {
    about:
      'What comes from a compact disc with HDCD codes: keep its 16 bits as they are, or decode it (to 24 bits where no fewer are asked for)',
    fallback: 'keep',
  }),
  loudness_tags: flag({ about: 'Measure each track and write ReplayGain tags (R128 in Opus)', fallback: false }),
})
