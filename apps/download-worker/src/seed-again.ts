import type { StoredTorrent, Torrents } from '@torrentino/store'
import type { Held } from './held.js'
import { isWidened } from './may-go.js'
import type { Pins } from './pins.js'
import type { ClientPool } from './pool/pool.js'
import { demandOf, givenBack } from './seeding.js'
import { indexesOf } from './select-files.js'

export interface Seeders {
  /** Only what nobody has. */
  addAgain(infoHash: string): Promise<void>
  /** Who wanted more of it is gone: what is whole is seeded on, and what others want is loaded. */
  giveUpRest(infoHash: string): Promise<void>
  /** Takes over what the clients say was given back. */
  noteGiven(): Promise<void>
}

interface SeedersDeps {
  held: Held
  pins: Pins
  pool: ClientPool
  torrents: Torrents
  /** The client could not be used when it was last asked. */
  isAway(client: string | null): boolean
  signal: AbortSignal
}

const METADATA_MS = 60_000

export function createSeeders({ held, pins, pool, torrents, isAway, signal }: SeedersDeps): Seeders {
  /** What the clients told of at the last round, all in one answer. */
  const whole = new Set<string>()

  /** Ours, but its client has it no more or gave it up: then it is as good as nobody's. */
  async function isLost(infoHash: string): Promise<boolean> {
    if (whole.has(infoHash)) return false
    const client = held.memberOf(infoHash)?.client
    const progress = client ? await client.getProgress(infoHash).catch(() => undefined) : null
    return progress === null || progress?.state === 'error'
  }

  async function add(torrent: StoredTorrent): Promise<void> {
    const { infoHash, magnetUri, wanted, seededSecs } = torrent
    const torrentFile = await torrents.torrentFile(infoHash)
    const { member, folder } = await held.home(torrent)
    const { client } = member
    // A ticket that wants it does not wait for this.
    const waiting = { signal: AbortSignal.any([signal, pins.comes(infoHash)]), timeoutMs: METADATA_MS }
    const source = { infoHash, magnetUri: magnetUri ?? undefined, torrentFile: torrentFile ?? undefined }
    await client.addTorrent(source, folder, { signal: waiting.signal, demand: demandOf(torrent), seededSecs })
    await client.selectFiles(infoHash, indexesOf(await client.waitForFiles(infoHash, waiting), wanted))
  }

  async function addAgain(infoHash: string): Promise<void> {
    if (pins.has(infoHash) || (held.has(infoHash) && !(await isLost(infoHash)))) return
    const before = await torrents.find(infoHash)
    if (!before || isAway(before.client) || !(await held.take(infoHash))) return
    try {
      const torrent = await torrents.find(infoHash)
      // Another may have cleaned it up, or have begun to, before we had it.
      if (!torrent || torrent.status === 'removed') return await held.drop(infoHash)
      await add(torrent)
    } catch (error) {
      if (pins.has(infoHash) || signal.aborted) return
      await held.letGo(infoHash)
      throw error
    }
  }

  /** To what is wished, and what is whole of the rest. Who has not chosen yet may count on all of it. */
  async function narrow(torrent: StoredTorrent, wishes: readonly (readonly string[] | null)[]): Promise<void> {
    const { infoHash } = torrent
    const client = held.memberOf(infoHash)?.client
    const files = (await client?.getFiles(infoHash)) ?? []
    const chosen = new Set(wishes.flatMap((paths) => paths ?? torrent.wanted))
    // What a ticket only keeps is selected before it is noted as wanted.
    const selected = files.filter((file) => file.wanted).map(({ path }) => path)
    const wanted = new Set(wishes.length > 0 ? torrent.wanted : selected)
    const whole = new Set(files.filter(({ progress_pct }) => progress_pct >= 100).map(({ path }) => path))
    const kept = [...wanted].filter((path) => whole.has(path) || chosen.has(path))
    // Not looked at yet: the next round knows more.
    if (!client || kept.length === 0) return
    if (kept.length < Math.max(wanted.size, torrent.wanted.length)) {
      await client.selectFiles(infoHash, indexesOf(files, kept))
      await torrents.update(infoHash, { wanted: kept })
    }
    if (isWidened(torrent) && kept.every((path) => whole.has(path))) await torrents.updateStatus(infoHash, 'seeding', ['downloading'])
  }

  return {
    addAgain,
    async giveUpRest(infoHash) {
      const torrent = await torrents.find(infoHash)
      if (torrent?.status !== 'downloading') return
      const wishes = await torrents.wishes(infoHash)
      if (wishes.length > 0) return narrow(torrent, wishes)
      if (!isWidened(torrent) || pins.has(infoHash)) return
      await addAgain(infoHash)
      await narrow(torrent, wishes)
    },
    async noteGiven() {
      whole.clear()
      for (const member of pool.members.filter(({ name }) => !isAway(name))) {
        const given = [...(await member.client.given())].filter(([infoHash]) => held.memberOf(infoHash) === member)
        await torrents.noteGiven(given.map(([infoHash, back]) => givenBack(infoHash, back)))
        for (const [infoHash] of given) whole.add(infoHash)
      }
    },
  }
}
