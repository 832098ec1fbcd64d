import { describe, expect, test } from '@jest/globals'
import { NewTicket, type TorrentFile, type TrackMapping } from '@torrentino/domain'
import { albumBody } from '@torrentino/testkit'
import { chooseFiles } from './choose-files.js'

const FILES = ['Album/01 Track 1.flac', 'Album/02 Track 2.flac', 'Album/03 Track 3.flac']

function files(paths: string[], size = 1000): TorrentFile[] {
  return paths.map((path) => ({ path, size_bytes: size }))
}

function ticket({ requested = [1, 2, 3], images = 0, cover = false } = {}) {
  const request = NewTicket.parse(albumBody({ tracks: 3, images, constraints: { embed_cover: cover } }))
  for (const track of request.tracks) track.requested = requested.includes(track.track_number)
  return { request, work: {} }
}

function entry(track: number, path: string, confidence = 0.9): TrackMapping {
  return { catalog_track_id: `t${track}`, torrent_file_path: path, confidence }
}

const paths = (choice: { files: { torrent_file_path: string }[] }) => choice.files.map((file) => file.torrent_file_path)

describe('which file becomes which track', () => {
  test('made afresh where nothing was approved', async () => {
    const choice = await chooseFiles(ticket(), [], files(FILES))
    expect(paths(choice)).toEqual(FILES)
    expect(choice).toMatchObject({ missing: [], confidence: 1 })
  })

  test('what was approved stands, however else the names look', async () => {
    const crossed = [entry(1, FILES[2] as string), entry(2, FILES[1] as string, 0.3), entry(3, FILES[0] as string)]
    const choice = await chooseFiles(ticket(), crossed, files(FILES))
    expect(paths(choice)).toEqual([FILES[2], FILES[1], FILES[0]])
    expect(choice.confidence).toBeCloseTo(0.7)
  })

  test('where a part of it is not there, the rest stays and the part is looked for', async () => {
    const choice = await chooseFiles(ticket(), [entry(1, FILES[2] as string), entry(2, 'Album/gone.flac')], files(FILES))
    expect(paths(choice)).toEqual([FILES[2], FILES[1]])
    expect(choice.missing).toEqual(['t3'])
    expect(new Set(paths(choice)).size).toBe(2)
  })

  test('only what is requested; a track without a file is missing and counts as nothing', async () => {
    const choice = await chooseFiles(ticket({ requested: [1, 3] }), [entry(2, FILES[1] as string)], files(FILES.slice(0, 2)))
    expect(choice).toMatchObject({ files: [{ item_id: 't1' }], missing: ['t3'], confidence: 0.5 })
  })

  test('parts of a disc in one file, once a human has said that it is the disc', async () => {
    const disc = [{ path: 'Album/Album.flac', size_bytes: 300_000_000 }, ...files(['Album/Album.cue', 'Album/log.txt'])]
    const asked = ticket({ requested: [1, 3] })
    expect(await chooseFiles(asked, [], disc)).toMatchObject({ files: [], missing: ['t1', 't3'] })
    const choice = await chooseFiles({ ...asked, work: { human_approved: true } }, [], disc)
    const part = { torrent_file_path: 'Album/Album.flac', cue_path: 'Album/Album.cue', size_bytes: 150_000_000 }
    expect(choice).toMatchObject({
      files: [
        { item_id: 't1', ...part },
        { item_id: 't3', ...part },
      ],
      mapping: [],
      missing: [],
    })
  })

  test.each<[string, TrackMapping[], boolean, string[]]>([
    ['a human approved it without that track', [entry(1, FILES[0] as string)], true, []],
    ['nobody approved it', [entry(1, FILES[0] as string)], false, ['t2']],
    ['the track was there when it was approved', [entry(1, FILES[0] as string), entry(2, 'Album/gone.flac')], true, ['t2']],
    ['its files were not known when it was approved', [], true, ['t2']],
  ])('a track is missing, and %s', async (_name, approved, human_approved, unagreed) => {
    const wanted = { ...ticket({ requested: [1, 2] }), work: { human_approved } }
    expect(await chooseFiles(wanted, approved, files(FILES.slice(0, 1)))).toMatchObject({ missing: ['t2'], unagreed })
  })

  test('nothing in it', async () => {
    expect(await chooseFiles(ticket(), [], files(['Album/readme.txt']))).toMatchObject({
      files: [],
      missing: ['t1', 't2', 't3'],
      confidence: 0,
    })
  })
})

describe('the picture', () => {
  const picture = (path: string, size_bytes = 1000) => ({ path, size_bytes })
  test.each<[string, TorrentFile[], string | undefined]>([
    ['named as a cover before a larger one', [picture('Album/back.jpg', 9000), picture('Album/Cover.JPG')], 'Album/Cover.JPG'],
    ['beside the tracks before elsewhere', [picture('cover.jpg', 9000), picture('Album/cover.jpg')], 'Album/cover.jpg'],
    ['the larger of equals', [picture('Album/a.png', 10), picture('Album/b.png', 20)], 'Album/b.png'],
    ['any picture rather than none', [picture('scans/01.jpeg')], 'scans/01.jpeg'],
    ['not an empty one, not a huge one', [picture('Album/cover.jpg', 0), picture('Album/front.jpg', 10_000_001)], undefined],
    ['nothing but pictures', [picture('Album/cover.jpg.exe'), picture('Album/cover.gif')], undefined],
  ])('%s', async (_name, pictures, expected) => {
    expect((await chooseFiles(ticket({ cover: true }), [], [...files(FILES), ...pictures])).cover).toBe(expected)
  })

  test('is chosen where it is embedded or placed, and only then', async () => {
    const all = [...files(FILES), picture('Album/cover.jpg')]
    expect((await chooseFiles(ticket({ images: 1 }), [], all)).cover).toBe('Album/cover.jpg')
    expect((await chooseFiles(ticket(), [], all)).cover).toBeUndefined()
  })
})
