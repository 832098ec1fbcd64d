import { setImmediate } from 'node:timers/promises'
import { NewTicket, type TorrentCandidate } from '@torrentino/domain'
import { scoreInTurns } from '@torrentino/matching'
import { cpuMs } from './cpu-ms.js'
import { naiveScores } from './naive-match.js'
import { benchReading } from './reading.js'
import type { Row } from './table.js'

const CANDIDATES = 200
const FILES = 100
const TRACKS = 20
const ROUNDS = 2
const WARM_UP = 20

const WORDS =
  'amber silver river paper garden winter signal harbour mirror engine lantern orchard tiger copper window letter summer cedar north ghost'.split(
    ' ',
  )

interface Run {
  perSecond: number
  stallMs: number
  /** The same in time of the processor: on a busy machine others take it away meanwhile. */
  perCpuSecond: number
  stallCpuMs: number
}

/** Candidates with long file lists against an album: how fast, and how long nobody else gets a turn meanwhile. */
export async function benchMatching(): Promise<Row[]> {
  console.log(
    `matching: ${CANDIDATES} candidates with ${FILES} files each against an album of ${TRACKS} tracks: scored per second in the better of ${ROUNDS} rounds`,
  )
  console.log(
    'and the longest that the event loop stood still in any, by the clock and in time of the processor; then names read per millisecond',
  )
  const request = NewTicket.parse(ticket())
  const candidates = Array.from({ length: CANDIDATES }, (_, index) => candidate(index))
  const ours = await best(candidates, (offered) => scoreInTurns(request, offered))
  const bare = await best(candidates, async (offered) => naiveScores(request, offered))
  return [
    { name: '(e) candidates/s', ours: ours.perSecond, bare: bare.perSecond, aim: 'at least 0.5' },
    { name: '(e) candidates/CPU s', ours: ours.perCpuSecond, bare: bare.perCpuSecond, aim: 'at least 0.5' },
    { name: '(e) longest stall ms', ours: ours.stallMs, bare: bare.stallMs, aim: 'stall under 50 ms' },
    { name: '(e) longest stall CPU ms', ours: ours.stallCpuMs, bare: bare.stallCpuMs, aim: 'stall under 50 ms' },
    ...benchReading(),
  ]
}

type Work = (candidates: TorrentCandidate[]) => Promise<unknown>

/** The quickest round, and the longest stall of all; a few candidates go ahead, which compiles. */
async function best(candidates: TorrentCandidate[], work: Work): Promise<Run> {
  await work(candidates.slice(0, WARM_UP))
  const runs: Run[] = []
  for (let round = 0; round < ROUNDS; round += 1) runs.push(await measure(() => work(candidates)))
  return {
    perSecond: Math.max(...runs.map((run) => run.perSecond)),
    perCpuSecond: Math.max(...runs.map((run) => run.perCpuSecond)),
    stallMs: Math.max(...runs.map((run) => run.stallMs)),
    stallCpuMs: Math.max(...runs.map((run) => run.stallCpuMs)),
  }
}

async function measure(work: () => Promise<unknown>): Promise<Run> {
  let [stallMs, stallCpuMs] = [0, 0]
  let over = false
  const watch = async () => {
    for (let [last, cpu] = [performance.now(), cpuMs()]; !over; ) {
      await setImmediate()
      const [now, nowCpu] = [performance.now(), cpuMs()]
      stallMs = Math.max(stallMs, now - last)
      stallCpuMs = Math.max(stallCpuMs, nowCpu - cpu)
      last = now
      cpu = nowCpu
    }
  }
  const watching = watch()
  await setImmediate()
  const [began, cpuBegan] = [performance.now(), cpuMs()]
  await work()
  const [seconds, cpuSeconds] = [(performance.now() - began) / 1000, (cpuMs() - cpuBegan) / 1000]
  await setImmediate()
  over = true
  await watching
  return { perSecond: CANDIDATES / seconds, perCpuSecond: CANDIDATES / cpuSeconds, stallMs, stallCpuMs }
}

/** Names of two words each, no two alike. */
function nameOf(index: number): string {
  const [first, second] = [WORDS[index % WORDS.length], WORDS[Math.floor(index / WORDS.length + 7) % WORDS.length]]
  return `${first} ${second} ${index}`
}

function ticket() {
  return {
    search: { artist: 'The Example Band', album: 'First Steps', year: 2019 },
    tracks: Array.from({ length: TRACKS }, (_, index) => ({
      catalog_track_id: `t${index}`,
      track_number: index + 1,
      name: nameOf(index),
      duration_secs: 200 + index,
      dest_path: `/bench/${index}.ogg`,
    })),
  }
}

/** A fifth hold the album somewhere among their files; the others are of the same band, with other tracks. */
function candidate(index: number): TorrentCandidate {
  const holds = index % 5 === 0
  const files = Array.from({ length: FILES }, (_, file) => {
    const number = (holds ? file : file + 20 + index) % 400
    const folder = `The Example Band/${Math.floor(file / TRACKS)} - Album ${Math.floor(file / TRACKS) + (holds ? 0 : index)}`
    return { path: `${folder}/${String((file % TRACKS) + 1).padStart(2, '0')} - ${nameOf(number)}.flac`, size_bytes: 25_000_000 + file }
  })
  return {
    title: holds ? 'The Example Band - Discography (2010-2020) [FLAC]' : `The Example Band - Other Steps ${index} (2019) [FLAC]`,
    indexer: 'bench',
    info_hash: index.toString(16).padStart(40, '0'),
    size_bytes: FILES * 25_000_000,
    seeders: index,
    leechers: 0,
    files,
  }
}
