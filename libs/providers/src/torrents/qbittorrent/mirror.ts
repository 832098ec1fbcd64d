import type { Api } from './api.js'
import { TorrentChange } from './schema.js'

/** A torrent as qBittorrent last told of it. */
export interface Live extends TorrentChange {
  /** Its name in qBittorrent: the info hash, but of a hybrid torrent the one of version 2. */
  readonly id: string
}

/** All torrents of qBittorrent, kept up to date by asking for what changed since the last look. */
export class Mirror {
  /** -1: not known. */
  freeBytes = -1
  private readonly byId = new Map<string, Live>()
  private byInfoHash = new Map<string, Live>()
  private rid = 0
  private running: Promise<void> | null = null
  private next: Promise<void> | null = null

  constructor(private readonly api: Api) {}

  get(infoHash: string): Live | undefined {
    return this.byInfoHash.get(infoHash)
  }

  /** A look that begins after this call; all who call before it begins share it. Never two at a time: each continues the one before. */
  look(): Promise<void> {
    this.next ??= this.after(this.running)
    return this.next
  }

  private async after(before: Promise<void> | null): Promise<void> {
    await before?.catch(() => {})
    this.running = this.next
    this.next = null
    await this.ask()
  }

  private async ask(): Promise<void> {
    const data = await this.api.mainData(this.rid)
    this.rid = data.rid
    if (data.full_update) this.byId.clear()
    for (const id of data.torrents_removed) this.byId.delete(id)
    for (const [id, change] of Object.entries(data.torrents)) this.merge(id, change)
    this.freeBytes = data.server_state.free_space_on_disk ?? this.freeBytes
    this.byInfoHash = new Map([...this.byId.values()].map((live) => [live.infohash_v1 || live.id, live]))
  }

  private merge(id: string, change: unknown): void {
    const { success, data } = TorrentChange.safeParse(change)
    if (!success) return
    const known = Object.entries(data).filter(([, value]) => value !== undefined)
    this.byId.set(id, { ...this.byId.get(id), ...Object.fromEntries(known), id } as Live)
  }
}
