import { CODECS } from '../convert/codecs.js'
import { type ProcessOptions, startProcess } from './run-process.js'

export interface ProgramFacts {
  version: string
  /** Without these some tickets fail. */
  missing: string[]
  /** Without these things go on, not quite as well. */
  lesser: string[]
}

const MAX_BYTES = 1024 * 1024
/** Beside those of the codecs: pictures, and what measures and reshapes sound. */
const PICTURES = ['mjpeg', 'png']
const FILTERS = ['aresample', 'aformat', 'atrim', 'asetpts', 'volume', 'astats', 'scale']
const SOXR = [
  '-v',
  'error',
  '-f',
  'lavfi',
  '-i',
  'anullsrc=r=44100',
  '-t',
  '0.1',
  '-af',
  'aresample=48000:resampler=soxr',
  '-f',
  'null',
  '-',
]

type Limits = Pick<ProcessOptions, 'signal' | 'timeoutMs'>

/** What conversions need of an ffmpeg, and this one has not. */
export async function inspectFfmpeg(path: string, limits: Limits): Promise<ProgramFacts> {
  const [version, encoders, muxers, filters, soxr] = await Promise.all([
    versionOf(path, limits),
    namesIn(path, '-encoders', limits),
    namesIn(path, '-muxers', limits),
    namesIn(path, '-filters', limits),
    run(path, SOXR, limits),
  ])
  const codecs = Object.values(CODECS)
  const lacking = (kind: string, wanted: readonly string[], has: ReadonlySet<string>) =>
    [...new Set(wanted)].filter((name) => !has.has(name)).map((name) => `${kind} ${name}`)
  const missing = [
    ...lacking('encoder', [...codecs.map(({ encoder }) => encoder), ...PICTURES], encoders),
    ...lacking('muxer', [...codecs.map(({ muxer }) => muxer)], muxers),
    ...lacking('filter', FILTERS, filters),
  ]
  return { version, missing, lesser: soxr.code === 0 ? [] : ['resampler soxr'] }
}

export async function inspectFfprobe(path: string, limits: Limits): Promise<ProgramFacts> {
  return { version: await versionOf(path, limits), missing: [], lesser: [] }
}

async function versionOf(path: string, limits: Limits): Promise<string> {
  const { code, out } = await run(path, ['-version'], limits)
  const version = /^ff\w+ version (\S+)/.exec(out)?.[1]
  if (code === 0 && version !== undefined) return version
  throw new Error(`${path} does not say its version (exit code ${code})`)
}

/** The lists have a line for each: some letters of what it can, then its name, or several with commas. */
async function namesIn(path: string, list: string, limits: Limits): Promise<Set<string>> {
  const { out } = await run(path, ['-hide_banner', list], limits)
  return new Set(out.split('\n').flatMap((line) => /^\s*[A-Z.|]+\s+(\S+)/.exec(line)?.[1]?.split(',') ?? []))
}

async function run(path: string, args: readonly string[], limits: Limits): Promise<{ code: number; out: string }> {
  let out = ''
  const onStdout = (chunk: Buffer) => {
    if (out.length < MAX_BYTES) out += chunk.toString('utf8')
  }
  const { code } = await startProcess(path, args, { ...limits, killGraceMs: 500, onStdout }).ended
  return { code, out }
}
