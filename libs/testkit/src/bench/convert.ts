import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '@torrentino/runtime'
import { startChildren } from './children.js'
import { openConversions } from './conversions.js'
import { startConverters } from './converters.js'
import { cpuSecsOf } from './cpu-ms.js'
import type { Servers } from './servers.js'
import type { Row } from './table.js'

const run = promisify(execFile)

const TRACKS = 12
// Of a track of middle length; they reach from half of it to one and a half.
const SECONDS = Number(process.env.BENCH_TRACK_SECS ?? 200)
const CORES = availableParallelism()

interface AlbumFile {
  path: string
  seconds: number
}

interface Taken {
  secs: number
  /** On a machine that does other things too, this says more than the time. */
  cpuSecs: number
}

function mean(one: number, other: number): number {
  return (one + other) / 2
}

/** An album from FLAC to Ogg, beside ffmpeg started from a shell, as many at once. */
export async function benchAlbum(servers: Servers): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'torrentino-bench-convert-'))
  try {
    const ffmpeg = await findProgram('ffmpeg')
    const album = await makeFiles(ffmpeg, join(folder, 'album'))
    const shell = () => inShell(ffmpeg, album, folder)
    // Each of ours stands between two runs of the shell, so that a machine that gets slower or faster favours neither.
    const first = await shell()
    const one = await throughReplicas(1, album, folder, servers)
    const second = await shell()
    const two = await throughReplicas(2, album, folder, servers)
    const third = await shell()
    const aim = 'at most 1.05'
    return [
      { name: '(f) album s, one replica', ours: one.secs, bare: mean(first.secs, second.secs), aim },
      { name: '(f) album s, two replicas', ours: two.secs, bare: mean(second.secs, third.secs), aim },
      { name: '(f) processor s, one replica', ours: one.cpuSecs, bare: mean(first.cpuSecs, second.cpuSecs) },
      { name: '(f) processor s, two replicas', ours: two.cpuSecs, bare: mean(second.cpuSecs, third.cpuSecs) },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Noise, which takes the encoder more work than a tone; so music lies between the two. */
async function makeFiles(ffmpeg: string, folder: string): Promise<AlbumFile[]> {
  await mkdir(folder)
  await makeNoise(ffmpeg, join(folder, '..', 'warm.flac'), 1)
  const files = Array.from({ length: TRACKS }, (_, index) => ({
    path: join(folder, `${index}.flac`),
    seconds: Math.round(SECONDS * (0.5 + ((index * 5) % TRACKS) / (TRACKS - 1))),
  }))
  for (const { path, seconds } of files) await makeNoise(ffmpeg, path, seconds)
  return files
}

async function makeNoise(ffmpeg: string, path: string, seconds: number): Promise<void> {
  const noise = `anoisesrc=color=pink:amplitude=0.4:sample_rate=44100:duration=${seconds}`
  await run(ffmpeg, ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', noise, '-ac', '2', path])
}

async function inShell(ffmpeg: string, album: AlbumFile[], folder: string): Promise<Taken> {
  const list = album.map((file) => file.path).join('\n')
  const convert = `"${ffmpeg}" -nostdin -v error -y -i "$1" -c:a libvorbis -b:a 320k "$1.ogg"`
  const before = await cpuSecsOf('self')
  const began = performance.now()
  const shell = run('sh', ['-c', `xargs -P ${CORES} -n 1 sh -c '${convert}' sh`], { cwd: folder })
  shell.child.stdin?.end(list)
  await shell
  const secs = (performance.now() - began) / 1000
  return { secs, cpuSecs: (await cpuSecsOf('self')).children - before.children }
}

async function throughReplicas(replicas: number, album: AlbumFile[], folder: string, servers: Servers): Promise<Taken> {
  const converters = await startConverters({
    replicas,
    parallel: Math.max(1, CORES / replicas),
    workFolder: join(folder, 'work'),
    ...servers,
  })
  const conversions = await openConversions(servers)
  try {
    // The shell looks for no picture either.
    const constraints = { format: 'ogg_vorbis', bitrate_kbps: 320, embed_cover: false }
    const items = album.map(({ path, seconds }) => ({ source: path, seconds }))
    // What a process does once in its life is not what an album costs.
    await conversions.seconds([
      { items: Array.from({ length: TRACKS }, () => ({ source: join(folder, 'warm.flac'), seconds: 1 })), constraints },
    ])
    const before = await converters.cpuSecs()
    const secs = await conversions.seconds([{ items, constraints }])
    return { secs, cpuSecs: (await converters.cpuSecs()) - before }
  } finally {
    await conversions.close()
    await converters.stop()
  }
}

// A second is short for a track; so what handing out costs shows more than it does in life.
const SIMULATED = { tickets: 4, tracks: 16, workMs: 1000, atOnce: 2 }

/** Work that takes its time and no processor: what is left is how the work is handed out. */
export async function benchReplicas(servers: Servers): Promise<Row[]> {
  const one = await simulated(1, servers)
  const eight = await simulated(8, servers)
  return [{ name: '(g) items/s, eight replicas by one', ours: eight, bare: 8 * one, aim: 'at least 0.9' }]
}

async function simulated(replicas: number, servers: Servers): Promise<number> {
  const { tickets, tracks, workMs, atOnce } = SIMULATED
  const args = ['convert', servers.databaseUrl, servers.redisUrl, String(atOnce), String(workMs)]
  const children = await startChildren(
    './stage-process.js',
    Array.from({ length: replicas }, () => args),
  )
  const conversions = await openConversions(servers)
  try {
    const album = (length: number) => ({
      items: Array.from({ length }, () => ({ source: '/bench/1.flac', seconds: 100 })),
      constraints: {},
    })
    await conversions.seconds([album(2 * replicas * atOnce)])
    const seconds = await conversions.seconds(Array.from({ length: tickets }, () => album(tracks)))
    return (tickets * tracks) / seconds
  } finally {
    await conversions.close()
    await children.stop()
  }
}
