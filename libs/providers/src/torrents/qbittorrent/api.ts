import type { HttpAnswer } from '@torrentino/runtime'
import type { z } from 'zod'
import { removedTorrent } from '../shared/failures.js'
import { ADDED_FOR_METADATA, ADDED_STOPPED, type Dialect, dialectOf, NO_SHARE_LIMITS } from './dialect.js'
import { clientError } from './failures.js'
import { Addresses, type ClientFile, FileList, MainData, Preferences } from './schema.js'
import type { Session } from './session.js'

const MAX_MAIN_BYTES = 64 * 1024 * 1024
const MAX_LIST_BYTES = 16 * 1024 * 1024
const MAX_TORRENT_BYTES = 32 * 1024 * 1024

export interface NewTorrent {
  torrentFile?: Uint8Array
  magnetUri?: string
  folder: string
  category: string
  tags: readonly string[]
}

/** The calls that we need, in the words of whatever version answers. Torrents go by the id that qBittorrent gives them. */
export class Api {
  private known: Dialect | null = null

  constructor(private readonly session: Session) {}

  /** Asked for anew, so that it tells whether anybody answers; an upgrade is noticed, too. */
  async version(): Promise<string> {
    this.known = dialectOf(textOf(await this.session.get('app/webapiVersion')))
    return textOf(await this.session.get('app/version')).slice(0, 40)
  }

  /** Whether it says yes: a no may mean that it has the torrent already. What is true shows in the main data. */
  async add(torrent: NewTorrent): Promise<boolean> {
    await this.dialect()
    const form = new FormData()
    const fields = {
      savepath: torrent.folder,
      category: torrent.category,
      tags: torrent.tags.join(','),
      contentLayout: 'Original',
      autoTMM: 'false',
      useDownloadPath: 'false',
    }
    const manner = torrent.torrentFile ? ADDED_STOPPED : ADDED_FOR_METADATA
    for (const [name, value] of Object.entries({ ...fields, ...manner })) form.append(name, value)
    if (torrent.torrentFile) {
      form.append('torrents', new Blob([new Uint8Array(torrent.torrentFile)], { type: 'application/x-bittorrent' }), 'content.torrent')
    } else {
      form.append('urls', torrent.magnetUri ?? '')
    }
    const answer = await this.session.post('torrents/add', form)
    return answer.status < 300 && answer.body.toString('utf8', 0, 20).trim() !== 'Fails.'
  }

  async mainData(rid: number): Promise<MainData> {
    return parsed(await this.session.get('sync/maindata', { rid: String(rid) }, { maxBytes: MAX_MAIN_BYTES }), MainData)
  }

  async files(id: string): Promise<ClientFile[]> {
    const answer = await this.session.get('torrents/files', { hash: id }, { maxBytes: MAX_LIST_BYTES })
    return parsed(ofTorrent(answer, id), FileList)
  }

  /** null while it has no metadata. */
  async torrentFile(id: string): Promise<Uint8Array | null> {
    const answer = await this.session.get('torrents/export', { hash: id }, { maxBytes: MAX_TORRENT_BYTES })
    return answer.status === 409 ? null : good(ofTorrent(answer, id)).body
  }

  async setPriority(id: string, files: readonly number[], priority: 0 | 1): Promise<void> {
    if (files.length === 0) return
    good(ofTorrent(await this.session.post('torrents/filePrio', { hash: id, id: files.join('|'), priority: String(priority) }), id))
  }

  async start(ids: readonly string[]): Promise<void> {
    good(await this.session.post((await this.dialect()).start, { hashes: ids.join('|') }))
  }

  async stop(ids: readonly string[]): Promise<void> {
    good(await this.session.post((await this.dialect()).stop, { hashes: ids.join('|') }))
  }

  async recheck(id: string): Promise<void> {
    good(await this.session.post('torrents/recheck', { hashes: id }))
  }

  async remove(id: string, deleteFiles: boolean): Promise<void> {
    good(await this.session.post('torrents/delete', { hashes: id, deleteFiles: String(deleteFiles) }))
  }

  async dropShareLimits(id: string): Promise<void> {
    good(await this.session.post('torrents/setShareLimits', { hashes: id, ...NO_SHARE_LIMITS }))
  }

  async addTrackers(id: string, trackers: readonly string[]): Promise<void> {
    if (trackers.length > 0) good(ofTorrent(await this.session.post('torrents/addTrackers', { hash: id, urls: trackers.join('\n') }), id))
  }

  async addTags(id: string, tags: readonly string[]): Promise<void> {
    good(await this.session.post('torrents/addTags', { hashes: id, tags: tags.join(',') }))
  }

  async deleteTags(tags: readonly string[]): Promise<void> {
    good(await this.session.post('torrents/deleteTags', { tags: tags.join(',') }))
  }

  /** 409: it is there. */
  async createCategory(category: string): Promise<void> {
    const answer = await this.session.post('torrents/createCategory', { category, savePath: '' })
    if (answer.status !== 409) good(answer)
  }

  async preferences(): Promise<Preferences> {
    return parsed(await this.session.get('app/preferences'), Preferences)
  }

  async setPreferences(preferences: Preferences): Promise<void> {
    good(await this.session.post('app/setPreferences', { json: JSON.stringify(preferences) }))
  }

  /** Of an interface; of all with an empty name. */
  async addresses(name: string): Promise<string[]> {
    return parsed(await this.session.get('app/networkInterfaceAddressList', { iface: name }), Addresses)
  }

  private async dialect(): Promise<Dialect> {
    if (!this.known) await this.version()
    return this.known ?? dialectOf('')
  }
}

function ofTorrent(answer: HttpAnswer, id: string): HttpAnswer {
  if (answer.status === 404) throw removedTorrent(id)
  return answer
}

function good(answer: HttpAnswer): HttpAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer
  throw clientError(`answers with status ${answer.status}`)
}

function parsed<T>(answer: HttpAnswer, schema: z.ZodType<T>): T {
  let body: unknown
  try {
    body = JSON.parse(good(answer).body.toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw clientError('answers with something that is not JSON')
    throw error
  }
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw clientError('answers in a form that is not known')
}

function textOf(answer: HttpAnswer): string {
  return good(answer).body.toString('utf8', 0, 1000)
}
