import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deleteContent } from './delete-content.js'
import { metadataDraftPath, savedMetadataPath, saveMetadata } from './metadata-store.js'

const INFO_HASH = 'a'.repeat(40)
const TORRENT = Buffer.from('d4:infode')

let root: string
let folder: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'torrentino-metadata-'))
  folder = join(root, INFO_HASH)
})
afterEach(() => rm(root, { recursive: true, force: true }))

test('metadata that could not be written leaves no half of it', async () => {
  // Which no file can take the place of.
  await mkdir(join(savedMetadataPath(folder, INFO_HASH), 'full'), { recursive: true })
  await expect(saveMetadata(folder, INFO_HASH, TORRENT)).rejects.toMatchObject({ code: 'folder_unusable' })
  expect(await readdir(folder)).toEqual([`${INFO_HASH}.torrent`])
})

test('what a process that was killed had written of the metadata goes with the torrent', async () => {
  await saveMetadata(folder, INFO_HASH, TORRENT)
  await writeFile(metadataDraftPath(folder, INFO_HASH), 'd4:in')
  await deleteContent(folder, INFO_HASH, ['Album/01.flac'])
  expect(await readdir(root)).toEqual([])
})
