import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { NewTicket, type Ticket } from '@torrentino/domain'
import { findProgram } from '@torrentino/runtime'
import { albumBody, sampleTicket } from '@torrentino/testkit'
import { createCovers } from './covers.js'

const [ffmpegPath, ffprobePath] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')])
const options = { ffmpegPath, ffprobePath }
const images = { small: Buffer.alloc(0), large: Buffer.alloc(0), fake: Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]) }
let folder: string
let music: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'covers-'))
  const make = (more: string[], path: string) => promisify(execFile)(ffmpegPath, ['-v', 'error', '-f', 'lavfi', ...more, '-y', path])
  for (const [name, size] of [
    ['small', '60x50'],
    ['large', '640x480'],
  ] as const) {
    await make(['-i', `testsrc=size=${size}`, '-frames:v', '1'], join(folder, `${name}.jpg`))
    images[name] = await readFile(join(folder, `${name}.jpg`))
  }
  music = join(folder, 'music.flac')
  const picture = ['-i', join(folder, 'large.jpg'), '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic']
  await make(['-i', 'sine=duration=1', ...picture], music)
})
beforeEach(() => rm(join(folder, 'work'), { recursive: true, force: true }))
afterAll(() => rm(folder, { recursive: true, force: true }))

type Outside = [source: string, image: keyof typeof images][]

function scene(outside: Outside, inFolder?: 'small' | 'large') {
  let asked = 0
  const finder = {
    async *find() {
      asked += 1
      for (const [source, image] of outside) yield { source, bytes: images[image] }
    },
  }
  const cover = inFolder && join(folder, `${inFolder}.jpg`)
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 1 }))
  const download = { info_hash: 'x', folder, started_at: '2026-01-01T00:00:00.000Z', cover }
  const ticket: Ticket = sampleTicket({ state: 'converting', request, work: { download } })
  const covers = createCovers({ finder, workFolder: join(folder, 'work'), minSide: 300 })
  let run = 0
  const find = async (side: 'front' | 'back' = 'front', sourcePath = music) => {
    await mkdir(join(folder, 'work'), { recursive: true })
    return covers.for(ticket, side, { sourcePath, scratch: join(folder, 'work', `${run++}.jpg`) }, options)
  }
  return { find, asked: () => asked, workOf: join(folder, 'work', ticket.id) }
}

test.each<[string, Outside, 'small' | 'large' | undefined, string]>([
  [
    'outside before all',
    [
      ['one', 'large'],
      ['two', 'large'],
    ],
    'large',
    'one',
  ],
  [
    'the second where the first is small',
    [
      ['one', 'small'],
      ['two', 'large'],
    ],
    'large',
    'two',
  ],
  ['the folder where those outside have fakes', [['one', 'fake']], 'large', 'folder'],
  ['the tags where the folder has a small one', [], 'small', 'embedded'],
  ['the tags where there is nothing else', [], undefined, 'embedded'],
])('%s', async (_name, outside, inFolder, source) => {
  expect(await scene(outside, inFolder).find()).toMatchObject({ source })
})

test('a small one is better than none, and none is no failure', async () => {
  const plain = join(folder, 'small.jpg')
  expect(await scene([], 'small').find('front', plain)).toMatchObject({ source: 'folder' })
  expect(await scene([]).find('front', plain)).toBeNull()
})

test('a back is not taken from where only fronts are', async () => {
  expect(await scene([], 'large').find('back')).toBeNull()
  expect(await scene([['one', 'large']], 'large').find('back')).toMatchObject({ source: 'one' })
})

test('all tracks of a ticket share one search, which is made anew when the file is gone', async () => {
  const { find, asked, workOf } = scene([['one', 'large']])
  const found = await Promise.all([find(), find(), find()])
  await find()
  expect(new Set(found.map((cover) => cover?.path)).size).toBe(1)
  expect(asked()).toBe(1)
  await rm(workOf, { recursive: true })
  const again = await find()
  expect(asked()).toBe(2)
  await copyFile(again?.path ?? '', join(folder, 'copied.jpg'))
  expect(await readFile(join(folder, 'copied.jpg'))).toEqual(images.large)
})
