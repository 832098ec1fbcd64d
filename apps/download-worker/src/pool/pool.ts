import { StageError } from '@torrentino/domain'
import type { TorrentClient } from '@torrentino/providers'
import type { TorrentClientSettings } from '@torrentino/runtime'
import type { Space } from './space.js'

export interface Health {
  ok: boolean
  message?: string
  version?: string
}

/** One of the torrent clients that the system has. */
export interface Member extends Pick<TorrentClientSettings, 'name' | 'engine' | 'downloadPath' | 'maxDownloads'> {
  readonly space: Space
  /** Throws while it could not be started. */
  readonly client: TorrentClient
  health(): Promise<Health>
}

export interface ClientPool {
  readonly members: readonly Member[]
  find(name: string | null): Member | null
  /** Called for each client, also for one that could be started only later. */
  onClient(listener: (member: Member) => void): void
  close(): Promise<void>
}

export interface Opened {
  client: TorrentClient
  space: Space
}

interface PoolDeps {
  open(settings: TorrentClientSettings): Promise<Opened>
  /** How long until one that could not be started is tried again. */
  againMs?: number
  signal: AbortSignal
  onFault(name: string, error: unknown): void
}

const AGAIN_MS = 30_000

/**
 * Starts all of them. An only one that cannot be started ends the start, as nothing could be done without it; of several, the others
 * work meanwhile, and it is tried again.
 */
export async function openPool(all: readonly TorrentClientSettings[], deps: PoolDeps): Promise<ClientPool> {
  const { open, signal, onFault, againMs = AGAIN_MS } = deps
  const listeners: ((member: Member) => void)[] = []
  const opened = new Map<string, Opened>()
  const faults = new Map<string, string>()
  const timers = new Set<NodeJS.Timeout>()

  async function start(settings: TorrentClientSettings, member: Member): Promise<void> {
    try {
      opened.set(settings.name, await open(settings))
      if (signal.aborted) return await opened.get(settings.name)?.client.close()
    } catch (error) {
      if (all.length === 1) throw error
      faults.set(settings.name, error instanceof Error ? error.message : String(error))
      onFault(settings.name, error)
      return startLater(settings, member)
    }
    for (const listener of listeners) listener(member)
  }

  function startLater(settings: TorrentClientSettings, member: Member): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (!signal.aborted) void start(settings, member)
    }, againMs)
    timers.add(timer)
  }

  function partsOf(name: string): Opened {
    const parts = opened.get(name)
    if (parts) return parts
    throw new StageError('retryable', 'engine_unavailable', faults.get(name) ?? 'It is being started.')
  }

  function memberOf(settings: TorrentClientSettings): Member {
    const { name, engine, downloadPath, maxDownloads } = settings
    return {
      ...{ name, engine, downloadPath, maxDownloads },
      get client() {
        return partsOf(name).client
      },
      get space() {
        return partsOf(name).space
      },
      health: async () => opened.get(name)?.client.health() ?? { ok: false, message: faults.get(name) ?? 'It is being started.' },
    }
  }

  const members = all.map(memberOf)
  await Promise.all(all.map((settings, index) => start(settings, members[index] as Member)))
  return {
    members,
    find: (name) => members.find((member) => member.name === name) ?? null,
    onClient(listener) {
      listeners.push(listener)
      for (const member of members) if (opened.has(member.name)) listener(member)
    },
    async close() {
      for (const timer of timers) clearTimeout(timer)
      await Promise.all([...opened.values()].map(({ client }) => client.close()))
    },
  }
}
