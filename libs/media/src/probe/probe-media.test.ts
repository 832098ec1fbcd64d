import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { isRunning, until } from '../test-support/processes.js'
import { makePicture, makeScript, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { probeMedia } from './probe-media.js'

const folder = useFolder()

test('a file is described by its content', async () => {
  const cover = await makePicture(join(folder.path, 'cover.jpg'))
  const more = ['-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic']
  const path = await makeTone(join(folder.path, 'a.flac'), {
    rate: 48_000,
    channels: 1,
    more: [...more, '-metadata', 'TITLE=Tön', '-metadata', 'Odd Key=x'],
  })
  expect(await probeMedia(path, PROGRAMS)).toMatchObject({
    format: 'flac',
    durationSecs: 2,
    durationEstimated: false,
    audio: { codec: 'flac', sampleRateHz: 48_000, channels: 1, bitDepth: 16 },
    videoStreams: 0,
    attachedPictures: 1,
    tags: { title: 'Tön', 'odd key': 'x' },
  })
})

test('tags of the stream and of the container come together', async () => {
  const path = await makeTone(join(folder.path, 'a.ogg'), { more: ['-c:a', 'libvorbis', '-metadata', 'title=T', '-metadata', 'ARTIST=A'] })
  expect((await probeMedia(path, PROGRAMS)).tags).toMatchObject({ title: 'T', artist: 'A' })
})

test('a guessed length is told as such', async () => {
  const path = await makeTone(join(folder.path, 'a.mp3'), { more: ['-write_xing', '0', '-id3v2_version', '0'] })
  expect(await probeMedia(path, PROGRAMS)).toMatchObject({ durationEstimated: true, audio: { codec: 'mp3' } })
})

test('film without sound has no audio', async () => {
  const path = await makeTone(join(folder.path, 'film.mkv'), {
    more: ['-f', 'lavfi', '-i', 'testsrc=size=64x48:duration=1', '-map', '1:v', '-c:v', 'mpeg4'],
  })
  expect(await probeMedia(path, PROGRAMS)).toMatchObject({ audio: null, videoStreams: 1 })
})

test.each<[string, string, { kind: string; code: string }]>([
  ['endless output', 'yes', { kind: 'permanent', code: 'media_unreadable' }],
  ['no JSON', 'echo hello', { kind: 'permanent', code: 'media_unreadable' }],
  ['other JSON', 'echo \'{"format":[]}\'', { kind: 'permanent', code: 'media_unreadable' }],
  ['silence', 'sleep 300', { kind: 'retryable', code: 'ffprobe_timeout' }],
  ['death', 'kill -9 $$', { kind: 'retryable', code: 'ffprobe_killed' }],
])('%s from ffprobe becomes an error, and nothing runs on', async (name, script, expected) => {
  const pidFile = join(folder.path, `${name}.pid`)
  const ffprobePath = await makeScript(join(folder.path, name), `echo $$ > '${pidFile}'; ${script}`)
  const path = await makeTone(join(folder.path, 'b.wav'), { seconds: 1 })
  await expect(probeMedia(path, { ffprobePath, timeoutMs: name === 'silence' ? 1000 : 60_000 })).rejects.toMatchObject(expected)
  const pid = Number(await readFile(pidFile, 'utf8'))
  await until(() => !isRunning(pid))
})
