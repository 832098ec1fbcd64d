import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Metainfo, parseMetainfo } from '../../metainfo.js'

export interface FakeTorrent {
  id: string
  infoHash: string
  torrent: Uint8Array | null
  meta: Metainfo | null
  state: string
  savePath: string
  category: string
  tags: Set<string>
  priorities: number[]
  progress: number[]
  ratio: number
  seedingTime: number
  limits: Record<string, string> | null
  stopAtMetadata: boolean
}

type Row = Record<string, unknown>

/** What a qBittorrent knows of its torrents, with nobody on the other side: the test says what comes. */
export class FakeTorrents {
  readonly byId = new Map<string, FakeTorrent>()

  /** `names` of the states: `stopped` since 5.0, `paused` before. */
  constructor(private readonly stopped: 'paused' | 'stopped') {}

  of(infoHash: string): FakeTorrent {
    const found = [...this.byId.values()].find((torrent) => torrent.infoHash === infoHash)
    if (!found) throw new Error(`the fake has no torrent ${infoHash}`)
    return found
  }

  add(infoHash: string, change: Partial<FakeTorrent>): FakeTorrent {
    const torrent: FakeTorrent = {
      ...{ id: infoHash, infoHash, torrent: null, meta: null, state: 'metaDL', savePath: '/', category: '', tags: new Set() },
      ...{ priorities: [], progress: [], ratio: 0, seedingTime: 0, limits: null, stopAtMetadata: false },
      ...change,
    }
    this.byId.set(torrent.id, torrent)
    return torrent
  }

  /** The metadata is there. Of a hybrid torrent the id is another hash from then on. */
  describe(infoHash: string, bytes: Uint8Array, id = infoHash): void {
    const torrent = this.of(infoHash)
    const meta = parseMetainfo(bytes)
    const files = meta.files.filter((file) => !file.padding)
    this.byId.delete(torrent.id)
    this.byId.set(id, torrent)
    Object.assign(torrent, { id, meta, torrent: bytes, priorities: files.map(() => 1), progress: files.map(() => 0) })
    torrent.state = torrent.stopAtMetadata || torrent.state.startsWith(this.stopped) ? `${this.stopped}DL` : 'downloading'
  }

  /** All that is wanted came, and lies where it is told. */
  async finish(infoHash: string, disk: (path: string) => string = (path) => path): Promise<void> {
    const torrent = this.of(infoHash)
    const files = torrent.meta?.files.filter((file) => !file.padding) ?? []
    for (const [index, file] of files.entries()) {
      if (torrent.priorities[index] === 0) continue
      torrent.progress[index] = 1
      const path = join(disk(torrent.savePath), file.path)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, '')
      await truncate(path, file.size_bytes)
    }
    torrent.state = 'stalledUP'
  }

  setRunning(ids: readonly string[], running: boolean): void {
    for (const id of ids) {
      const torrent = this.byId.get(id)
      if (!torrent) continue
      const whole = torrent.priorities.every((priority, index) => priority === 0 || torrent.progress[index] === 1)
      const side = whole && torrent.meta ? 'UP' : 'DL'
      torrent.state = running ? (side === 'UP' ? 'uploading' : 'downloading') : `${this.stopped}${side}`
    }
  }

  row(torrent: FakeTorrent): Row {
    const sizes = torrent.meta?.files.filter((file) => !file.padding).map((file) => file.size_bytes) ?? []
    const wanted = sizes.map((size, index) => (torrent.priorities[index] ? size : 0))
    const size = wanted.reduce((sum, bytes) => sum + bytes, 0)
    const completed = wanted.reduce((sum, bytes, index) => sum + bytes * (torrent.progress[index] ?? 0), 0)
    return {
      ...{ name: torrent.meta?.name ?? torrent.infoHash, state: torrent.state, infohash_v1: torrent.infoHash },
      ...{ size, completed, amount_left: size - completed, progress: size > 0 ? completed / size : 0 },
      ...{ total_size: torrent.meta?.totalBytes ?? -1, dlspeed: 0, upspeed: 0, eta: 8_640_000, num_seeds: 1, num_leechs: 0 },
      ...{ ratio: torrent.ratio, seeding_time: torrent.seedingTime, save_path: torrent.savePath },
      ...{ category: torrent.category, tags: [...torrent.tags].join(', ') },
    }
  }
}
