import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { StageError } from '@torrentino/domain'
import { limited } from '@torrentino/runtime'
import { stopped } from '../shared/failures.js'
import type { SeedGoal } from '../shared/seeding.js'
import { type Aria2Process, startAria2Process } from './aria2-process.js'
import { type Aria2Options, seedGoalOf } from './options.js'
import { ConnectionLost, type Rpc } from './rpc.js'

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 30_000
const HEALTHY_AFTER_MS = 60_000
const RECONNECTS = 5
const UP_TIMEOUT_MS = 60_000

/** A connection to one run of aria2c. Its own ids are valid as long as `run` stays the same. */
export interface Link {
  readonly run: number
  readonly rpc: Rpc
  /** What it is to be told of the end of seeding, beside what is demanded of a torrent. */
  readonly seedGoal: SeedGoal
}

export interface Supervisor {
  /** Does the work over the present connection; when that is lost, again over the next one. */
  perform<T>(work: (link: Link) => Promise<T>): Promise<T>
  readonly up: boolean
  /** For an engine that no longer answers. */
  restart(): void
  close(): Promise<void>
}

export interface SupervisorEvents {
  /** After each connection: time to tell the engine what it should hold. */
  onUp(): void
  onNotification(method: string, gid: string): void
}

/** Keeps one aria2c running and connected until closed. Rejects when the first start fails. */
export async function superviseAria2(options: Aria2Options, events: SupervisorEvents): Promise<Supervisor> {
  const stopping = new AbortController()
  let child: Aria2Process
  let link: Link | null = null
  const changes = new EventEmitter().setMaxListeners(0)
  let run = 0
  const seedGoal = seedGoalOf(options)

  child = await startAria2Process(options, stopping.signal)
  const finished = keepRunning()

  async function keepRunning(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (!stopping.signal.aborted) {
      const started = Date.now()
      run++
      await serve(child)
      if (stopping.signal.aborted) return
      const lived = Date.now() - started
      options.onCall?.('engine_ended', lived / 1000)
      if (lived > HEALTHY_AFTER_MS) pause = FIRST_PAUSE_MS
      options.log?.(`aria2c ended; it is started again in ${pause} ms`)
      pause = await startAgain(pause)
    }
  }

  async function startAgain(pause: number): Promise<number> {
    let next = pause
    while (!stopping.signal.aborted) {
      await sleep(next, undefined, { signal: stopping.signal }).catch(() => {})
      next = Math.min(next * 2, LONGEST_PAUSE_MS)
      const began = Date.now()
      const started = await startAria2Process(options, stopping.signal).catch((error: unknown) => {
        options.log?.(error instanceof Error ? error.message : String(error))
        if (!stopping.signal.aborted) options.onCall?.('engine_start_failed', (Date.now() - began) / 1000)
        return null
      })
      if (!started) continue
      child = started
      break
    }
    return next
  }

  /** Until this run is over: the connection is made again when it alone breaks. */
  async function serve(process: Aria2Process): Promise<void> {
    let exited = false
    void process.exited.then(() => {
      exited = true
    })
    for (let tries = 0; tries < RECONNECTS && !exited && !stopping.signal.aborted; tries++) {
      const rpc = await process.connect(events.onNotification).catch(() => null)
      if (!rpc) {
        await Promise.race([process.exited, sleep(200)])
        continue
      }
      tries = 0
      link = { run, rpc, seedGoal }
      changes.emit('up')
      events.onUp()
      await rpc.closed
      link = null
      await Promise.race([process.exited, sleep(50)])
    }
    if (!stopping.signal.aborted) process.kill()
    await process.exited
  }

  async function linked(deadline: number): Promise<Link> {
    while (true) {
      if (stopping.signal.aborted) throw stopped()
      if (link) return link
      const left = deadline - Date.now()
      if (left <= 0) throw down()
      await once(changes, 'up', { signal: limited(stopping.signal, left) }).catch(() => {})
    }
  }

  async function perform<T>(work: (link: Link) => Promise<T>): Promise<T> {
    const deadline = Date.now() + UP_TIMEOUT_MS
    while (true) {
      const current = await linked(deadline)
      try {
        return await work(current)
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
        if (Date.now() > deadline) throw down()
        await current.rpc.closed
      }
    }
  }

  async function close(): Promise<void> {
    stopping.abort()
    await child.stop()
    link?.rpc.close()
    await finished
    // A start that was under way when we were asked to stop.
    await child.stop()
  }

  // Started is what answers.
  await perform(async () => {}).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    perform,
    get up() {
      return link !== null
    },
    restart: () => child.kill(),
    close,
  }
}

function down(): StageError {
  return new StageError('retryable', 'engine_unavailable', 'The torrent engine is not running and could not be started again yet.')
}
