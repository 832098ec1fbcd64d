import { expect, test } from '@jest/globals'
import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { getFilesOf } from './get-files-of.js'
import type { FoundFiles, TorrentSearcher } from './searcher.js'

const { signal } = new AbortController()
const infoHash = 'a'.repeat(40)
const withFiles: FoundFiles = { infoHash, files: [{ path: 'a.flac', size_bytes: 1 }] }
const magnetOnly: FoundFiles = { infoHash, files: [], magnetUri: 'magnet:x' }
const gone = new StageError('permanent', 'indexer_error', 'gone')
const later = new StageError('retryable', 'indexer_unreachable', 'later')

type Answer = FoundFiles | StageError | null
const source = (indexer: string) => ({ indexer, seeders: 1, leechers: 0, download_url: `http://${indexer}/` })

function ask(answers: Record<string, Answer>) {
  const asked: string[] = []
  const searchers = Object.entries(answers).map(
    ([name, answer]): TorrentSearcher => ({
      name,
      search: async () => [],
      getFiles: async ({ indexer, download_url }) => {
        asked.push(`${indexer} ${download_url}`)
        if (answer instanceof StageError) throw answer
        return answer
      },
    }),
  )
  const candidate: TorrentCandidate = { title: 't', size_bytes: 0, ...source('a'), sources: Object.keys(answers).map(source) }
  return { asked, found: getFilesOf(searchers, candidate, { signal }) }
}

test.each<[string, Record<string, Answer>, FoundFiles | null, string[]]>([
  ['the first', { a: withFiles, b: withFiles }, withFiles, ['a']],
  ['the next one where the first fails', { a: gone, b: later, c: withFiles }, withFiles, ['a', 'b', 'c']],
  ['a list before a magnet', { a: magnetOnly, b: withFiles }, withFiles, ['a', 'b']],
  ['a magnet where there is no list', { a: magnetOnly, b: gone }, magnetOnly, ['a', 'b']],
  ['nobody with a way to it', { a: null, b: null }, null, ['a', 'b']],
])('asks each with its own link: %s', async (_name, answers, expected, asked) => {
  const run = ask(answers)
  expect(await run.found).toEqual(expected)
  expect(run.asked).toEqual(asked.map((name) => `${name} http://${name}/`))
})

test('what a server found at one of its indexers is asked of the server', async () => {
  const asked: string[] = []
  const searcher = (name: string): TorrentSearcher => ({
    name,
    search: async () => [],
    getFiles: async ({ indexer }) => {
      asked.push(`${name} for ${indexer}`)
      return withFiles
    },
  })
  const candidate: TorrentCandidate = { title: 't', size_bytes: 0, ...source('b/tracker') }
  expect(await getFilesOf([searcher('a'), searcher('b')], candidate, { signal })).toEqual(withFiles)
  expect(asked).toEqual(['b for b/tracker'])
})

test.each<[string, StageError, string[]]>([
  ['its other links are tried where one is dead', gone, ['a/1', 'a/2', 'b']],
  ['not where it cannot be reached', later, ['a/1', 'b']],
])('a searcher with several links: %s', async (_name, error, expected) => {
  const asked: string[] = []
  const searcher = (name: string): TorrentSearcher => ({
    name,
    search: async () => [],
    getFiles: async ({ indexer }) => {
      asked.push(indexer)
      if (name === 'a') throw error
      return withFiles
    },
  })
  const candidate: TorrentCandidate = { title: 't', size_bytes: 0, ...source('a/1'), sources: ['a/1', 'a/2', 'b'].map(source) }
  expect(await getFilesOf([searcher('a'), searcher('b')], candidate, { signal })).toEqual(withFiles)
  expect(asked).toEqual(expected)
})

test('all fail: what may pass is told', async () => {
  await expect(ask({ a: gone, b: later }).found).rejects.toBe(later)
  await expect(ask({ a: gone }).found).rejects.toBe(gone)
})

test('no more than five are tried', async () => {
  const run = ask(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, gone])))
  await expect(run.found).rejects.toBe(gone)
  expect(run.asked).toHaveLength(5)
})
