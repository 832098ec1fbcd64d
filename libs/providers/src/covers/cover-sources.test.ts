import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createHttpClient, Secret } from '@torrentino/runtime'
import type { Reply } from '../searchers/contract/server.js'
import { COVER_SOURCES } from './configured.js'
import { createCoverArtArchive } from './cover-art-archive/index.js'
import type { CoverSourceDeps, CoverWish } from './cover-source.js'
import { createDiscogs } from './discogs/index.js'
import {
  BARE_RELEASE,
  type FakeCoverServers,
  GROUP,
  JPEG,
  RELEASE,
  startFakeCoverServers,
  TOKEN,
} from './test-support/fake-cover-servers.js'

let servers: FakeCoverServers
const http = createHttpClient()
const limited: string[] = []
const deps: CoverSourceDeps = {
  http,
  userAgent: 'QuentinTorrentino/1 ( me@example.org )',
  polite: (name, _signal, request) => {
    limited.push(name)
    return request()
  },
}
const { signal } = new AbortController()
const WISH: CoverWish = { side: 'front', artist: 'Sal Vetch', album: 'Tin Roof' }

beforeAll(async () => {
  servers = await startFakeCoverServers()
})
afterEach(() => {
  servers.fault = undefined
  servers.seen.splice(0)
  limited.splice(0)
})
afterAll(async () => {
  http.close()
  await servers.close()
})

const SOURCES = {
  cover_art_archive: () => createCoverArtArchive({ archiveUrl: servers.origin, musicBrainzUrl: servers.origin }, deps),
  discogs: (token = TOKEN) => createDiscogs({ url: servers.origin, token: new Secret(token) }, deps),
}

test('every folder of a source is a kind, and every kind is tried here', () => {
  const here = dirname(fileURLToPath(import.meta.url))
  const folders = readdirSync(here).filter((name) => existsSync(join(here, name, 'index.ts')))
  expect(folders.map((name) => name.replaceAll('-', '_')).sort()).toEqual(Object.keys(COVER_SOURCES).sort())
  expect(Object.keys(SOURCES).sort()).toEqual(Object.keys(COVER_SOURCES).sort())
})

describe.each(Object.entries(SOURCES))('%s', (name, create) => {
  test('finds the record by artist and album, whatever their accents', async () => {
    expect(await create().find({ ...WISH, artist: 'Sál Vetch', album: 'Tin Roof' }, signal)).toEqual({ source: name, bytes: JPEG })
  })

  test('says who is asking, and counts what is counted', async () => {
    await create().find(WISH, signal)
    for (const { headers } of servers.seen) expect(headers['user-agent']).toBe(deps.userAgent)
    expect(limited).toEqual([name === 'discogs' ? 'discogs' : 'musicbrainz'])
  })

  test.each<[string, Partial<CoverWish>]>([
    ['an album that nobody knows', { album: 'Nowhere' }],
    ['another artist', { artist: 'Sal' }],
    ['no album', { album: undefined }],
    ['quotes and operators', { album: '"x" OR release:Tin' }],
  ])('has nothing for %s', async (_what, change) => {
    expect(await create().find({ ...WISH, ...change }, signal)).toBeNull()
  })

  test.each<[string, (url: URL) => Reply | undefined]>([
    ['wants fewer requests', () => ({ status: 503, headers: { 'retry-after': '7' } })],
    ['is out of order', () => ({ status: 500 })],
    ['keeps us out', () => ({ status: 403 })],
    ['cuts the connection', () => ({ after: 'cut' })],
    ['talks without end', () => ({ after: { bytes: 50_000_000 } })],
    ['gives a web page', (url) => (isImage(url) ? { status: 500 } : { body: '<html>' })],
    ['gives another shape', (url) => (isImage(url) ? { status: 500 } : { body: '{"results":7,"releases":7}' })],
    ['leads in circles', (url) => (isImage(url) ? { status: 302, headers: { location: url.href } } : undefined)],
    ['leads into our network', (url) => (isImage(url) ? { status: 302, headers: { location: 'http://127.0.0.2:1/x.jpg' } } : undefined)],
    ['leads to a file', (url) => (isImage(url) ? { status: 302, headers: { location: 'file:///etc/passwd' } } : undefined)],
  ])('that %s fails for now', async (_what, fault) => {
    servers.fault = fault
    await expect(create().find(WISH, signal)).rejects.toMatchObject({ kind: 'retryable', code: 'cover_source_failed' })
  })

  test('tells how long it wants to be left alone', async () => {
    servers.fault = () => ({ status: 429, headers: { 'retry-after': '7' } })
    await expect(create().find(WISH, signal)).rejects.toMatchObject({ retryAfterMs: 7000 })
  })

  test('gives nothing where the picture is none', async () => {
    servers.fault = (url) => (isImage(url) ? { body: '<html>' } : undefined)
    expect(await create().find(WISH, signal)).toBeNull()
  })

  test('stops when it is told to', async () => {
    servers.fault = () => ({ after: 'silence' })
    const stop = new AbortController()
    const found = create().find(WISH, stop.signal)
    stop.abort(new Error('enough'))
    await expect(found).rejects.toThrow('enough')
  })
})

const isImage = ({ pathname }: URL) => /^\/(release|release-group|download|items|image)\//.test(pathname)
const paths = () => servers.seen.map(({ url }) => url.pathname)

describe('ids of MusicBrainz', () => {
  const archive = () => SOURCES.cover_art_archive()

  test('are taken instead of a search', async () => {
    expect(await archive().find({ ...WISH, musicBrainzRelease: RELEASE }, signal)).toMatchObject({ bytes: JPEG })
    expect(paths()).toEqual([`/release/${RELEASE}/front-1200`, expect.stringMatching('/download/'), expect.stringMatching('/items/')])
  })

  test('of a group serve where the release has no picture', async () => {
    const wish = { ...WISH, musicBrainzRelease: BARE_RELEASE, musicBrainzReleaseGroup: GROUP }
    expect(await archive().find(wish, signal)).toMatchObject({ bytes: JPEG })
    expect(await archive().find({ ...wish, musicBrainzReleaseGroup: undefined }, signal)).toBeNull()
  })

  test('the back of a record is that of the release', async () => {
    expect(await archive().find({ ...WISH, side: 'back', musicBrainzRelease: RELEASE }, signal)).toMatchObject({ bytes: JPEG })
    expect(await archive().find({ ...WISH, side: 'back', musicBrainzReleaseGroup: GROUP }, signal)).toBeNull()
    expect(await SOURCES.discogs().find({ ...WISH, side: 'back' }, signal)).toBeNull()
  })
})

test('Discogs does not get its token told to others, and a wrong one shows', async () => {
  await SOURCES.discogs().find(WISH, signal)
  expect(paths()).toEqual(['/database/search', '/image/right.jpg'])
  expect(servers.seen.map(({ headers }) => headers.authorization)).toEqual([`Discogs token=${TOKEN}`, undefined])
  await expect(SOURCES.discogs('wrong').find(WISH, signal)).rejects.toMatchObject({ message: expect.stringMatching(/token/) })
})
