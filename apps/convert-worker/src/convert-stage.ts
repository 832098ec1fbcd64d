import { randomUUID } from 'node:crypto'
import { mkdir, rm, rmdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Bus } from '@torrentino/bus'
import { type AudioFormat, type ImageItem, StageError, type Ticket, type TrackItem } from '@torrentino/domain'
import {
  type ConversionOptions,
  convertAudio,
  type DiscSpan,
  findSpan,
  type ImageOptions,
  isPlaceAway,
  makeImage,
  type ReadableGuard,
} from '@torrentino/media'
import type { ItemStage, RunContext } from '@torrentino/pipeline'
import type { Metrics } from '@torrentino/runtime'
import type { ItemResult, TicketItemRow } from '@torrentino/store'
import type { Cover, Covers } from './covers.js'
import { decideConverted } from './decide-converted.js'
import { progressOf } from './item-progress.js'
import { tagsFor } from './tags.js'

export interface ConvertDeps {
  ffmpegPath: string
  ffprobePath: string
  stallTimeoutMs: number
  quality: Pick<ConversionOptions, 'upscale' | 'coverMaxSide' | 'decodeHdcd' | 'loudnessTags'>
  workFolder: string
  covers: Covers
  /** Whether what was downloaded can be read at all. */
  readable: ReadableGuard
  publish: Bus['publish']
  externalCall: Metrics['externalCall']
}

/** converting -> placing or failed; a job per item. */
export function createConvertStage(deps: ConvertDeps): ItemStage {
  return {
    name: 'convert',
    run: (ticket, item, run) => convertItem(ticket, item, deps, run),
    discard: async (ticket, { outputPath }) => {
      await rm(outputPath, { force: true })
      await leaveNoEmptyFolder(ticket, deps)
    },
    isAway: isPlaceAway,
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
    await deps.readable(item.sourcePath)
    return await (item.kind === 'image' ? convertImage(ticket, item, deps, run) : convertTrack(ticket, item, deps, run))
  } finally {
    // The clean-up of an ended ticket may have been here before us; its folder must not come back.
    if (run.signal.aborted) await leaveNoEmptyFolder(ticket, deps)
  }
}

/** Where others have made something, it stays. */
async function leaveNoEmptyFolder({ id }: Ticket, { workFolder }: ConvertDeps): Promise<void> {
  await rmdir(join(workFolder, id)).catch(() => {})
}

const EXTENSION = { ogg_vorbis: '.ogg', opus: '.opus', mp3: '.mp3', aac: '.m4a', alac: '.m4a', flac: '.flac', wav: '.wav' } as const

function extensionOf(format: AudioFormat, sourcePath: string): string {
  return format === 'original' ? extname(sourcePath).toLowerCase() : EXTENSION[format]
}

async function convertTrack(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps, { signal }: RunContext): Promise<ItemResult> {
  const { constraints, tracks } = ticket.request
  const track = tracks.find((candidate) => candidate.catalog_track_id === item.itemId)
  if (!track) throw new StageError('permanent', 'unknown_item', 'the ticket has no such track')
  const base = await outputBase(ticket, item, deps)
  const found = constraints.embed_cover ? await coverFor(ticket, item, 'front', base, deps, signal) : undefined
  const job = {
    input: item.sourcePath,
    output: base + extensionOf(constraints.format, item.sourcePath),
    format: constraints.format,
    bitrateKbps: constraints.bitrate_kbps,
    vbr: constraints.vbr,
    sampleRateHz: constraints.sample_rate_hz,
    bitDepth: constraints.bit_depth,
    channels: constraints.channels,
    span: await spanOf(ticket, track, mediaOptions(deps, signal)),
    tags: constraints.embed_metadata ? tagsFor(ticket.request, track) : undefined,
    coverPath: found?.path,
    expectedDurationSecs: track.duration_secs,
  }
  const options = { ...mediaOptions(deps, signal), ...deps.quality, onProgress: progressOf(deps.publish, ticket, item, track.name) }
  const { output, sizeBytes, durationSecs, sha256, info, ...made } = await counted(deps, () => convertAudio(job, options))
  const { cover, method } = made
  const notes = [
    ...made.notes,
    ...(found === null ? ['no cover was found'] : []),
    ...nameNotes(track.dest_path, item.sourcePath, constraints.format),
  ]
  const audio = {
    codec: info.audio?.codec,
    bitrate_kbps: info.audio?.bitrateKbps ?? info.bitrateKbps,
    sample_rate_hz: info.audio?.sampleRateHz,
  }
  return {
    outputPath: output,
    size: sizeBytes,
    sha256,
    info: { ...audio, duration_secs: durationSecs, cover, cover_source: found?.source, method, notes },
  }
}

/** Which part of a disc in one file the track is, where the torrent had it so. */
async function spanOf({ work }: Ticket, track: TrackItem, options: ImageOptions): Promise<DiscSpan | undefined> {
  const { folder = '', files = [] } = work.download ?? {}
  const source = files.find((file) => file.item_id === track.catalog_track_id)
  if (source?.cue_path === undefined) return undefined
  const wanted = { number: track.track_number, title: track.name, durationSecs: track.duration_secs }
  return await findSpan(join(folder, source.cue_path), join(folder, source.torrent_file_path), wanted, options)
}

/** The name is the ticket's: it is kept, also where it does not fit what the torrent had. */
function nameNotes(destPath: string, sourcePath: string, format: AudioFormat): string[] {
  const [asked, is] = [destPath, sourcePath].map((path) => extname(path).toLowerCase())
  return format !== 'original' || asked === is ? [] : [`its name ends in ${asked || 'nothing'}, but the original is ${is}`]
}

async function convertImage(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps, { signal }: RunContext): Promise<ItemResult> {
  const image = ticket.request.images.find((candidate) => candidate.catalog_image_id === item.itemId)
  if (!image) throw new StageError('permanent', 'unknown_item', 'the ticket has no such image')
  const side = SIDES[image.type]
  if (side === undefined) throw new StageError('permanent', 'no_such_image', `nobody is asked for images of type ${image.type} yet`)
  const base = await outputBase(ticket, item, deps)
  const cover = await coverFor(ticket, item, side, base, deps, signal)
  if (!cover) throw new StageError('permanent', 'no_cover', 'no picture was found')
  const wanted = base + extname(image.dest_path).toLowerCase()
  const { output, sizeBytes, sha256, width, height } = await counted(deps, () => makeImage(cover.path, wanted, mediaOptions(deps, signal)))
  return { outputPath: output, size: sizeBytes, sha256, info: { width, height, cover_source: cover.source } }
}

const SIDES: Record<ImageItem['type'], 'front' | 'back' | undefined> = {
  cover_front: 'front',
  cover_back: 'back',
  artist: undefined,
  other: undefined,
}

/** A name of its own for each run: should two run at once, neither writes into the other's file. */
async function outputBase(ticket: Ticket, item: TicketItemRow, deps: ConvertDeps): Promise<string> {
  const folder = join(deps.workFolder, ticket.id)
  await mkdir(folder, { recursive: true })
  return join(folder, `${item.idx}-${randomUUID().slice(0, 8)}`)
}

function coverFor(
  ticket: Ticket,
  item: TicketItemRow,
  side: 'front' | 'back',
  base: string,
  deps: ConvertDeps,
  signal: AbortSignal,
): Promise<Cover | null> {
  const own = { sourcePath: item.sourcePath, scratch: `${base}-cover.jpg` }
  return counted(deps, () => deps.covers.for(ticket, side, own, mediaOptions(deps, signal)))
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
