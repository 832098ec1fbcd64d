import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import { pagesOf, renumber } from '../tags/ogg-page.js'
import { isRunning, until } from '../test-support/processes.js'
import { makePicture, makeScript, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import type { ConversionOptions } from './conversion.js'
import { convertAudio } from './convert-audio.js'

const folder = useFolder()
let good = ''

beforeAll(async () => {
  good = await makeTone(join(folder.path, 'good.flac'), { seconds: 5 })
})

let counter = 0
async function attempt(input: string, options: Partial<ConversionOptions> = {}) {
  const output = join(folder.path, `out-${counter++}`, 'result.ogg')
  const error: unknown = await convertAudio({ input, output, format: 'ogg_vorbis' }, { ...PROGRAMS, ...options }).catch((error) => error)
  const left = await readdir(join(output, '..')).catch(() => [])
  return { error, left }
}

async function hostile(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder.path, name)
  await writeFile(path, content)
  return path
}

test.each<[string, (path: string) => Promise<unknown>, string]>([
  ['text', (path) => writeFile(path, 'this is not music\n'.repeat(1000)), 'media_unreadable'],
  ['nothing', (path) => writeFile(path, ''), 'media_unreadable'],
  ['zeros', (path) => writeFile(path, Buffer.alloc(100_000)), 'media_unreadable'],
  ['a folder', (path) => mkdir(path), 'media_unreadable'],
  ['no file at all', async () => undefined, 'media_unreadable'],
  ['a named pipe', (path) => promisify(execFile)('mkfifo', [path]), 'media_unreadable'],
  ['a FLAC header alone', async (path) => writeFile(path, (await readFile(good)).subarray(0, 60)), 'media_unreadable'],
  ['half a FLAC', async (path) => writeFile(path, (await readFile(good)).subarray(0, 40_000)), 'media_damaged'],
  [
    'a playlist of local files',
    (path) => writeFile(path, '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n/etc/passwd\n'),
    'media_unreadable',
  ],
  ['a concat list', (path) => writeFile(path, 'ffconcat version 1.0\nfile good.flac\n'), 'media_unreadable'],
  ['a session description', (path) => writeFile(path, 'v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n'), 'media_unreadable'],
  ['a picture with the wrong name', async (path) => writeFile(path, await readFile(await makePicture(`${path}.jpg`))), 'media_unreadable'],
])('%s instead of music is refused for good and leaves nothing', async (name, make, code) => {
  const path = join(folder.path, `${name.replaceAll(' ', '-')}.flac`)
  await make(path)
  const { error, left } = await attempt(path)
  expect(error).toBeInstanceOf(StageError)
  expect(error).toMatchObject({ kind: 'permanent', code })
  expect(left).toEqual([])
})

/** Turns a bit in the middle, where nobody but the sum of a frame can tell. */
async function withFlippedBit(path: string): Promise<string> {
  const bytes = await readFile(path)
  const middle = bytes.length >> 1
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 16, middle)
  await writeFile(path, bytes)
  return path
}

test.each(['ogg_vorbis', 'flac', 'original'] as const)('a lossless source with a flipped bit does not become %s', async (format) => {
  const input = await withFlippedBit(await makeTone(join(folder.path, `flipped-${format}.flac`)))
  const output = join(folder.path, `flipped-${format}`, 'x')
  const error: unknown = await convertAudio({ input, output, format }, PROGRAMS).catch((error) => error)
  expect(error).toMatchObject({ kind: 'permanent', code: 'media_damaged', message: expect.stringContaining(input) })
  expect(await readdir(join(output, '..'))).toEqual([])
})

test('torn frames of a lossy source are a note', async () => {
  const input = await makeTone(join(folder.path, 'torn.ogg'), { more: ['-c:a', 'libvorbis'] })
  const output = join(folder.path, 'torn', 'x.mp3')
  expect((await convertAudio({ input, output, format: 'mp3' }, PROGRAMS)).notes.join()).not.toContain('could not be decoded')
  const { notes } = await convertAudio({ input: await withFlippedBit(input), output, format: 'mp3' }, PROGRAMS)
  expect(notes.join()).toContain('could not be decoded')
})

test('ten thousand streams end in an error, not in a crowd of decoders', async () => {
  const head = Buffer.from('OpusHead\x01\x02\x38\x01\x80\xbb\x00\x00\x00\x00\x00', 'latin1')
  const first = (serial: number) => {
    const [page] = pagesOf([head], serial, 0) as [Buffer]
    page.writeUInt8(2, 5)
    renumber(page, 0)
    return page
  }
  const { error, left } = await attempt(
    await hostile('crowd.ogg', Buffer.concat(Array.from({ length: 10_000 }, (_, serial) => first(serial)))),
  )
  expect(error).toMatchObject({ name: 'StageError' })
  expect(left).toEqual([])
})

test('a playlist does not make us call a host', async () => {
  const server = createServer((_request, response) => response.end())
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  try {
    const url = `http://127.0.0.1:${port}/a.ts`
    for (const text of [`#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${url}\n#EXT-X-ENDLIST\n`, `ffconcat version 1.0\nfile ${url}\n`]) {
      const { error } = await attempt(await hostile('playlist.flac', text))
      expect(error).toMatchObject({ kind: 'permanent', code: 'media_unreadable' })
    }
    expect(connections).toBe(0)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

test.each<[string, string, Partial<ConversionOptions>, { kind: string; code: string }]>([
  ['a full disk', 'echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1', {}, { kind: 'retryable', code: 'disk_full' }],
  ['a full disk that ends well', 'echo "No space left on device" >&2; exit 0', {}, { kind: 'retryable', code: 'disk_full' }],
  ['a folder it may not write to', 'echo "out.part: Permission denied" >&2; exit 1', {}, { kind: 'retryable', code: 'ffmpeg_failed' }],
  ['a memory killer', 'kill -9 $$', {}, { kind: 'retryable', code: 'ffmpeg_killed' }],
  ['success without a file', 'exit 0', {}, { kind: 'permanent', code: 'output_invalid' }],
  ['a decoder that gives up', 'echo "Invalid data found" >&2; exit 69', {}, { kind: 'permanent', code: 'media_unreadable' }],
  [
    'endless output on stderr',
    'yes noise >&2',
    { maxDurationFactor: 0, timeLimitFloorMs: 300 },
    { kind: 'retryable', code: 'ffmpeg_timeout' },
  ],
  [
    'progress without end',
    'n=0; while true; do n=$((n+1)); echo out_time_us=$n; sleep 0.02; done',
    { maxDurationFactor: 0, timeLimitFloorMs: 300 },
    { kind: 'retryable', code: 'ffmpeg_timeout' },
  ],
])('%s gets its own error', async (name, script, options, expected) => {
  const ffmpegPath = await makeScript(join(folder.path, `stub-${name.replaceAll(' ', '-')}`), script)
  const { error, left } = await attempt(good, { ffmpegPath, ...options })
  expect(error).toBeInstanceOf(StageError)
  expect(error).toMatchObject(expected)
  expect(left).toEqual([])
})

test('a program that is not there is named', async () => {
  const { error } = await attempt(good, { ffmpegPath: '/nonexistent/ffmpeg' })
  expect(error).toMatchObject({ kind: 'retryable', code: 'program_missing', message: expect.stringContaining('/nonexistent/ffmpeg') })
})

/** Ignores SIGTERM, leaves its output half written, and has a child; tells both process ids. */
async function hangingStub(name: string): Promise<{ ffmpegPath: string; pids: () => Promise<number[]> }> {
  const pidFile = join(folder.path, `${name}.pids`)
  const script = `trap '' TERM; for part; do :; done; echo half > "$part"; sleep 300 & echo "$$ $!" > ${pidFile}; while true; do wait; done`
  const ffmpegPath = await makeScript(join(folder.path, name), script)
  const pids = () =>
    readFile(pidFile, 'utf8').then(
      (text) => (text.endsWith('\n') ? text.trim().split(' ').map(Number) : []),
      () => [],
    )
  return { ffmpegPath, pids }
}

test('a hanging ffmpeg that ignores SIGTERM is killed with its children', async () => {
  const { ffmpegPath, pids } = await hangingStub('hangs')
  const { error, left } = await attempt(good, { ffmpegPath, stallTimeoutMs: 300, killGraceMs: 100 })
  expect(error).toMatchObject({ kind: 'retryable', code: 'ffmpeg_stalled' })
  expect(left).toEqual([])
  expect(await pids()).toHaveLength(2)
  await until(async () => (await pids()).every((pid) => !isRunning(pid)))
})

test('a signal ends a hanging ffmpeg and its children', async () => {
  const { ffmpegPath, pids } = await hangingStub('cancelled')
  const cancel = new AbortController()
  const attempted = attempt(good, { ffmpegPath, signal: cancel.signal, killGraceMs: 60_000 })
  await until(async () => (await pids()).length === 2)
  cancel.abort()
  const { error, left } = await attempted
  expect(error).toMatchObject({ kind: 'retryable', code: 'aborted' })
  expect(left).toEqual([])
  await until(async () => (await pids()).every((pid) => !isRunning(pid)))
})

test('a signal in the middle of a real conversion takes the half file away', async () => {
  const long = await makeTone(join(folder.path, 'long.wav'), { seconds: 1200 })
  const cancel = new AbortController()
  const { error, left } = await attempt(long, { signal: cancel.signal, onProgress: () => cancel.abort() })
  expect(error).toMatchObject({ code: 'aborted' })
  expect(left).toEqual([])
})

test('a signal that was given before stops everything', async () => {
  const { error, left } = await attempt(good, { signal: AbortSignal.abort() })
  expect(error).toMatchObject({ code: 'aborted' })
  expect(left).toEqual([])
})
