import { itemHandler, noteConfigFaults, openKit, work } from '@torrentino/pipeline'
import { findProgram, runProcess } from '@torrentino/runtime'
import { createConvertStage } from './convert-stage.js'

await runProcess(
  'convert-worker',
  async (ctx) => {
    const { converter } = ctx.config
    const [ffmpegPath, ffprobePath] = await Promise.all([
      findProgram('ffmpeg', converter.ffmpeg_path),
      findProgram('ffprobe', converter.ffprobe_path),
    ])
    const kit = await openKit(ctx)
    const stage = createConvertStage({
      ffmpegPath,
      ffprobePath,
      stallTimeoutMs: converter.stall_timeout_secs * 1000,
      workFolder: converter.temp_dir,
      publish: kit.bus.publish,
      externalCall: ctx.metrics.externalCall,
    })
    work(kit, {
      queue: 'convert',
      concurrency: converter.max_parallel_conversions,
      graceMs: 3000,
      handle: itemHandler(stage, kit, kit.runs),
    })
  },
  noteConfigFaults,
)
