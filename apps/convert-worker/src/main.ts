import { join } from 'node:path'
import { createReadableGuard } from '@torrentino/media'
import { itemHandler, noteConfigFaults, openKit, VERSION, work } from '@torrentino/pipeline'
import { configuredCovers, openHttpClient } from '@torrentino/providers'
import { findProgram, runProcess } from '@torrentino/runtime'
import { createConvertStage } from './convert-stage.js'
import { createCoverCache } from './cover-cache.js'
import { createCovers } from './covers.js'
import { sweepWork } from './sweep-work.js'

await runProcess(
  'convert-worker',
  async (ctx) => {
    const { converter } = ctx.config
    const [ffmpegPath, ffprobePath] = await Promise.all([
      findProgram('ffmpeg', converter.ffmpeg_path),
      findProgram('ffprobe', converter.ffprobe_path),
    ])
    const kit = await openKit(ctx)
    const { cache_mb } = ctx.config.covers
    const images = createCoverCache(join(converter.temp_dir, 'covers'), cache_mb * 1024 * 1024)
    const stage = createConvertStage({
      ffmpegPath,
      ffprobePath,
      stallTimeoutMs: converter.stall_timeout_secs * 1000,
      quality: {
        upscale: converter.upscale,
        coverMaxSide: converter.cover_max_side,
        decodeHdcd: converter.hdcd === 'decode',
        loudnessTags: converter.loudness_tags,
      },
      workFolder: converter.temp_dir,
      covers: createCovers({
        finder: configuredCovers(ctx.config.covers, openHttpClient(ctx), kit.bus, images, VERSION),
        workFolder: converter.temp_dir,
        minSide: ctx.config.covers.min_side,
      }),
      readable: createReadableGuard(ctx.config.media.timeout_secs * 1000),
      publish: kit.bus.publish,
      externalCall: ctx.metrics.externalCall,
    })
    // Nobody waits for it.
    sweepWork(converter.temp_dir, kit.store.tickets, ctx.signal).then(
      (swept) => swept.length > 0 && ctx.log.info('work files of ended tickets removed', { tickets: swept }),
      (error) => ctx.log.warn('work files of ended tickets not looked for', { error }),
    )
    work(kit, {
      queue: 'convert',
      concurrency: converter.max_parallel_conversions,
      graceMs: 3000,
      handle: itemHandler(stage, kit, kit.runs),
    })
  },
  noteConfigFaults,
)
