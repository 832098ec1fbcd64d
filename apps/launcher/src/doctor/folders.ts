import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeFileSystem, ROOT_MARK } from '@torrentino/media'
import { torrentClients } from '@torrentino/runtime'
import type { DoctorDeps } from './deps.js'
import { type Check, failed, ok, warning } from './finding.js'
import { withName, withProbe } from './probe-file.js'

const LIMIT_MS = 10_000
const LITTLE_BYTES = 5e9

/** Where downloads and work files lie: made at the first start, where they are not there yet. */
export function workFolderChecks({ config }: DoctorDeps): Check[] {
  const downloads = torrentClients(config).map(({ downloadPath, minFreeBytes }) => ({ path: downloadPath, needed: minFreeBytes }))
  const all = [...downloads, { path: config.converter.temp_dir, needed: 0 }]
  return [...new Map(all.map((folder) => [folder.path, folder])).values()].map(({ path, needed }) => ({
    subject: `folder ${path}`,
    advice: 'give the user that runs the system the right to write there',
    limitMs: LIMIT_MS,
    async run() {
      if ((await kindOf(path)) === 'nothing') return [ok('is not there yet; it is made at the first start')]
      await withProbe(path, async () => {})
      return [ok('can be written'), await roomIn(path, Math.max(needed, LITTLE_BYTES))]
    },
  }))
}

export function mediaRootChecks({ config }: DoctorDeps): Check[] {
  const sources = [...new Set([config.converter.temp_dir, ...torrentClients(config).map(({ downloadPath }) => downloadPath)])]
  return config.media.roots.map((root) => ({
    subject: `media root ${root}`,
    advice: 'give the user that runs the system the right to write there, and see that the volume answers',
    limitMs: LIMIT_MS,
    run: () => lookAtRoot(root, sources),
  }))
}

async function lookAtRoot(root: string, sources: readonly string[]) {
  const kind = await kindOf(root)
  if (kind === 'nothing') return [failed('is not there', 'make it, or mount its volume, or correct MEDIA_ROOTS')]
  if (kind === 'other') return [failed('is no folder', 'correct MEDIA_ROOTS')]
  await withProbe(root, async () => {})
  const marked = (await kindOf(join(root, ROOT_MARK))) !== 'nothing'
  const mark = marked ? 'and bears the mark of the system' : 'and has no mark yet; it gets one when the first file is placed'
  const ways = await Promise.all(sources.map((source) => wayFrom(source, root)))
  return [ok(`can be written, ${mark}`), await roomIn(root, LITTLE_BYTES), ...ways]
}

type Kind = 'folder' | 'other' | 'nothing'

async function kindOf(path: string): Promise<Kind> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'other'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing'
    throw error
  }
}

async function roomIn(folder: string, little: number) {
  const { bavail, bsize } = await statfs(folder)
  const text = `${((bavail * bsize) / 1e9).toFixed(1)} GB are free`
  return bavail * bsize < little ? warning(text, 'make room, or use a larger volume') : ok(text)
}

/** How a file comes from there to here: sharing its blocks, as a second name of it, or only as a copy. */
async function wayFrom(source: string, root: string) {
  if ((await kindOf(source)) !== 'folder') return ok(`${source} is not there yet, so links from it could not be tried`)
  return withProbe(source, async (file) => {
    if (await succeeds(nodeFileSystem.clone, file, root)) return ok(`files of ${source} share their blocks (reflink)`)
    if (await succeeds(nodeFileSystem.link, file, root)) return ok(`files of ${source} are linked, without reflinks`)
    return warning(
      `files of ${source} can only be copied: it is another file system`,
      'put both on one volume (in containers: one mount over both), so that placing takes neither time nor space',
    )
  })
}

function succeeds(bring: (from: string, to: string) => Promise<void>, file: string, root: string): Promise<boolean> {
  return withName(root, (to) =>
    bring(file, to).then(
      () => true,
      () => false,
    ),
  )
}
