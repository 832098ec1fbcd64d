import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Bus } from '@torrentino/bus'
import { StageError, type Ticket } from '@torrentino/domain'
import { convertAudio, extractEmbeddedCover, makeImage } from '@torrentino/media'
import type { ItemStage, RunContext } from '@torrentino/pipeline'
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
}

/** converting -> placing or failed; a job per item. */
export function createConvertStage(deps: ConvertDeps): ItemStage {
  return {
    name: 'convert',
    run: (ticket, item, run) => (item.kind === 'image' ? convertImage(ticket, item, deps, run) : convertTrack(ticket, item, deps, run)),
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

const EXTENSION = { ogg_vorbis: '.ogg', opus: '.opus', mp3: '.mp3', aac: '.m4a', alac: '.m4a', flac: '.flac', wav: '.wav' } as const

async function convertTrack(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps, { signal }: RunContext): Promise<ItemResult> {
  const { constraints, tracks } = ticket.request
  const track = tracks.find((candidate) => candidate.catalog_track_id === item.itemId)
  if (!track) throw new StageError('permanent', 'unknown_item', 'the ticket has no such track')
  const base = await outputBase(ticket, item, deps)
  const { output, sizeBytes, durationSecs, sha256, info, cover } = await convertAudio(
    {
      input: item.sourcePath,
      output: base + EXTENSION[constraints.format],
      format: constraints.format,
      bitrateKbps: constraints.bitrate_kbps,
      sampleRateHz: constraints.sample_rate_hz,
      tags: constraints.embed_metadata ? tagsFor(ticket.request, track) : undefined,
      coverPath: constraints.embed_cover ? await coverFor(ticket, item, base, deps, signal) : undefined,
      expectedDurationSecs: track.duration_secs,
    },
    { ...deps, signal, onProgress: progressOf(deps.publish, ticket, item, track.name) },
  )
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
  const { output, sizeBytes, sha256, width, height } = await makeImage(source, base + extname(image.dest_path).toLowerCase(), {
    ...deps,
    signal,
  })
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
  return (await extractEmbeddedCover(item.sourcePath, output, { ...deps, signal })) ? output : undefined
}
