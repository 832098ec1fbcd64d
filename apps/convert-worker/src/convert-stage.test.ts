import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { NewTicket, type Ticket } from '@torrentino/domain'
import { findProgram } from '@torrentino/runtime'
import type { TicketItemRow } from '@torrentino/store'
import { albumBody, sampleTicket } from '@torrentino/testkit'
import { createConvertStage } from './convert-stage.js'
import { createCovers } from './covers.js'

const [ffmpegPath, ffprobePath] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')])
let folder: string
let source: string
const calls: [provider: string, outcome: string][] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convert-stage-'))
  source = join(folder, 'source.wav')
  await promisify(execFile)(ffmpegPath, ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=2', source])
})
beforeEach(() => void calls.splice(0))
afterAll(() => rm(folder, { recursive: true, force: true }))

const stage = () =>
  createConvertStage({
    ...{ ffmpegPath, ffprobePath, stallTimeoutMs: 120_000, workFolder: join(folder, 'work'), quality: {} },
    covers: createCovers({ finder: { async *find() {} }, workFolder: join(folder, 'work'), minSide: 0 }),
    readable: async () => {},
    publish: { events: async () => {}, hint: async () => {} },
    externalCall: (provider, outcome) => calls.push([provider, outcome]),
  })

function ticket(): Ticket {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 1, images: 1, constraints: { format: 'opus' } }))
  return sampleTicket({ state: 'converting', request })
}

function item(itemId: string, sourcePath = source): TicketItemRow {
  return { itemId, idx: 0, kind: itemId === 'i1' ? 'image' : 'track', sourcePath } as TicketItemRow
}

const run = (signal = new AbortController().signal) => ({ signal, now: () => new Date() })

test('a track becomes a file of the wanted format, and the work shows in the metrics', async () => {
  const result = await stage().run(ticket(), item('t1'), run())
  expect(result).toMatchObject({
    info: { codec: 'opus', duration_secs: expect.any(Number) },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  await access(result.outputPath)
  expect(calls).toEqual([
    ['ffmpeg', 'ok'],
    ['ffmpeg', 'ok'],
  ])
})

test('tracks of a disc in one file are the parts that its sheet says', async () => {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 2, constraints: { format: 'flac' } }))
  for (const track of request.tracks) track.duration_secs = undefined
  const part = { torrent_file_path: 'source.wav', cue_path: 'disc.cue' }
  const files = [
    { item_id: 't1', ...part },
    { item_id: 't2', ...part },
  ]
  await writeFile(
    join(folder, 'disc.cue'),
    'FILE "disc.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:00:60\nTRACK 03 AUDIO\nINDEX 01 00:01:45',
  )
  const download = { info_hash: 'x', folder, files, started_at: '2026-01-01T00:00:00.000Z' }
  const whole = sampleTicket({ state: 'converting', request, work: { download } })
  const results = [await stage().run(whole, item('t1'), run()), await stage().run(whole, item('t2'), run())]
  expect(results.map(({ info }) => info.duration_secs)).toEqual([0.8, 0.8])

  await writeFile(join(folder, 'disc.cue'), 'no sheet')
  await expect(stage().run(whole, item('t1'), run())).rejects.toMatchObject({ kind: 'permanent', code: 'cue_invalid' })
})

test('two runs of one item do not write into each other', async () => {
  const one = ticket()
  const [first, second] = await Promise.all([stage().run(one, item('t1'), run()), stage().run(one, item('t1'), run())])
  expect(first.outputPath).not.toBe(second.outputPath)
})

test('what nobody took goes, and the folder where nothing else is', async () => {
  const one = ticket()
  const [first, second] = [await stage().run(one, item('t1'), run()), await stage().run(one, item('t1'), run())]
  await stage().discard(one, first)
  await expect(access(first.outputPath)).rejects.toThrow()
  await access(second.outputPath)
  await stage().discard(one, second)
  await expect(access(join(folder, 'work', one.id))).rejects.toThrow()
})

test('what goes wrong shows by its code', async () => {
  await expect(stage().run(ticket(), item('t1', join(folder, 'gone.wav')), run())).rejects.toMatchObject({ name: 'StageError' })
  expect(calls.at(-1)?.[0]).toBe('ffmpeg')
  expect(calls.at(-1)?.[1]).not.toBe('ok')
  await expect(stage().run(ticket(), item('i1'), run())).rejects.toMatchObject({ kind: 'permanent', code: 'no_cover' })
})

test('a run that ends after the clean-up of its cancelled ticket leaves no folder behind', async () => {
  const stop = new AbortController()
  await mkdir(join(folder, 'work'), { recursive: true })
  const before = await readdir(join(folder, 'work'))
  stop.abort('its lock was lost')
  await expect(stage().run(ticket(), item('t1'), run(stop.signal))).rejects.toThrow()
  expect(await readdir(join(folder, 'work'))).toEqual(before)
})
