import { randomUUID } from 'node:crypto'
import { mkdir, rmdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Bus } from '@torrentino/bus'
import { StageError, type Ticket } from '@torrentino/domain'
import { convertAudio, extractEmbeddedCover, makeImage } from '@torrentino/media'
import { type ItemStage, type RunContext, TURN_OVER } from '@torrentino/pipeline'
import type { Metrics } from '@torrentino/runtime'
import type { ItemResult, TicketItemRow } from '@torrentino/store'
import { decideConverted } from './decide-converted.js'
import { progressOf } from './item-progress.js'
import { tagsFor } from './tags.js'

export interface ConvertDeps {
  ffmpegPath: string
  ffprobePath: string
  stallTimeoutMs: number
  workFolder: string
  publish: Bus['publish']
  externalCall: Metrics['externalCall']
}

/** converting -> placing or failed; a job per item. */
export function createConvertStage(deps: ConvertDeps): ItemStage {
  return {
    name: 'convert',
    run: (ticket, item, run) => convertItem(ticket, item, deps, run),
    decide: decideConverted,
    startAudit: (_ticket, item) => ({ type: 'ConversionStarted', payload: { item_id: item.itemId, input_path: item.sourcePath } }),
    doneAudit: (_ticket, item, result, durationMs) => ({
      type: 'ConversionCompleted',
      payload: { item_id: item.itemId, output_path: result.outputPath, duration_ms: durationMs },
    }),
    failureAudit: (_ticket, item, { message, willRetry }) => ({
      type: 'ConversionFailed',
      payload: { item_id: item.itemId, error: message, will_retry: willRetry },
    }),
  }
}

async function convertItem(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps, run: RunContext): Promise<ItemResult> {
  try {
    return await (item.kind === 'image' ? convertImage(ticket, item, deps, run) : convertTrack(ticket, item, deps, run))
  } finally {
    // The clean-up of a cancelled ticket may have been here before us; its folder must not come back.
    if (run.signal.reason === TURN_OVER) await rmdir(join(deps.workFolder, ticket.id)).catch(() => {})
  }
}

const EXTENSION = { ogg_vorbis: '.ogg', opus: '.opus', mp3: '.mp3', aac: '.m4a', alac: '.m4a', flac: '.flac', wav: '.wav' } as const

async function convertTrack(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps, { signal }: RunContext): Promise<ItemResult> {
  const { constraints, tracks } = ticket.request
  const track = tracks.find((candidate) => candidate.catalog_track_id === item.itemId)
  if (!track) throw new StageError('permanent', 'unknown_item', 'the ticket has no such track')
  const base = await outputBase(ticket, item, deps)
  const job = {
    input: item.sourcePath,
    output: base + EXTENSION[constraints.format],
    format: constraints.format,
    bitrateKbps: constraints.bitrate_kbps,
    sampleRateHz: constraints.sample_rate_hz,
    tags: constraints.embed_metadata ? tagsFor(ticket.request, track) : undefined,
    coverPath: constraints.embed_cover ? await coverFor(ticket, item, base, deps, signal) : undefined,
    expectedDurationSecs: track.duration_secs,
  }
  const options = { ...mediaOptions(deps, signal), onProgress: progressOf(deps.publish, ticket, item, track.name) }
  const { output, sizeBytes, durationSecs, sha256, info, cover } = await counted(deps, () => convertAudio(job, options))
  const audio = {
    codec: info.audio?.codec,
    bitrate_kbps: info.audio?.bitrateKbps ?? info.bitrateKbps,
    sample_rate_hz: info.audio?.sampleRateHz,
  }
  return { outputPath: output, size: sizeBytes, sha256, info: { ...audio, duration_secs: durationSecs, cover } }
}

async function convertImage(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps, { signal }: RunContext): Promise<ItemResult> {
  const image = ticket.request.images.find((candidate) => candidate.catalog_image_id === item.itemId)
  if (!image) throw new StageError('permanent', 'unknown_item', 'the ticket has no such image')
  const base = await outputBase(ticket, item, deps)
  const source = await coverFor(ticket, item, base, deps, signal)
  if (source === undefined) throw new StageError('permanent', 'no_cover', 'the torrent holds no picture')
  const wanted = base + extname(image.dest_path).toLowerCase()
  const { output, sizeBytes, sha256, width, height } = await counted(deps, () => makeImage(source, wanted, mediaOptions(deps, signal)))
  return { outputPath: output, size: sizeBytes, sha256, info: { width, height } }
}

/** A name of its own for each run: should two run at once, neither writes into the other's file. */
async function outputBase(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps): Promise<string> {
  const folder = join(deps.workFolder, ticket.id)
  await mkdir(folder, { recursive: true })
  return join(folder, `${item.idx}-${randomUUID().slice(0, 8)}`)
}

async function coverFor(
  ticket: Ticket,
  item: TicketItemRow,
  base: string,
  deps: ConvertDeps,
  signal: AbortSignal,
): Promise<string | undefined> {
  const chosen = ticket.work.download?.cover
  if (chosen !== undefined) return chosen
  const output = `${base}-cover.jpg`
  const found = await counted(deps, () => extractEmbeddedCover(item.sourcePath, output, mediaOptions(deps, signal)))
  return found ? output : undefined
}

function mediaOptions({ ffmpegPath, ffprobePath, stallTimeoutMs }: ConvertDeps, signal: AbortSignal) {
  return { ffmpegPath, ffprobePath, stallTimeoutMs, signal }
}

/** Shows a piece of work of the foreign programs in the metrics: `ok`, or what went wrong. */
async function counted<T>({ externalCall }: ConvertDeps, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  let outcome = 'ok'
  try {
    return await work()
  } catch (error) {
    outcome = error instanceof StageError ? error.code : 'fault'
    throw error
  } finally {
    externalCall('ffmpeg', outcome, (performance.now() - began) / 1000)
  }
}
