import type { Secret } from '@torrentino/runtime'
import type { CoverSource, CoverSourceDeps, CoverWish } from '../cover-source.js'
import { sameName } from '../same-record.js'
import { failed, getImage, getJson } from '../source-request.js'
import { Hit, Hits } from './schema.js'

export interface DiscogsConfig {
  url: string
  token: Secret
}

const NAME = 'discogs'
const HOSTS = /(^|\.)discogs\.com$/

/** Discogs: its search names pictures to those with a token only. It has fronts. */
export function createDiscogs({ url, token }: DiscogsConfig, deps: CoverSourceDeps): CoverSource {
  return {
    name: NAME,
    async find(wish, signal) {
      if (wish.album === undefined || wish.side !== 'front') return null
      const headers = { authorization: `Discogs token=${token.reveal()}` }
      const answer = await getJson(searchUrl(url, wish), { source: NAME, limit: NAME, headers, signal }, deps)
      if (answer === null) return null
      const list = Hits.safeParse(answer)
      if (!list.success) throw failed(NAME, 'gave an answer of an unknown shape')
      const hit = list.data.results.flatMap((entry) => Hit.safeParse(entry).data ?? []).find((entry) => isIt(entry, wish))
      const image = hit?.cover_image
      if (image === undefined || !isOwn(image, url)) return null
      const bytes = await getImage(image, HOSTS, { source: NAME, signal }, deps)
      return bytes && { source: NAME, bytes }
    },
  }
}

function searchUrl(origin: string, { artist, album = '' }: CoverWish): string {
  return `${origin}/database/search?${new URLSearchParams({ artist, release_title: album, type: 'release', per_page: '10' })}`
}

/** Artists of one name have a number behind it; a blank picture is a spacer. */
function isIt({ title, cover_image }: Hit, { artist, album = '' }: CoverWish): boolean {
  if (cover_image === undefined || cover_image === '' || cover_image.endsWith('/spacer.gif')) return false
  const splits = [...title.matchAll(/ [-–] /g)].map(({ index = 0 }) => [title.slice(0, index), title.slice(index + 3)] as const)
  return splits.some(([by, name]) => sameName(by.replace(/\s*\(\d+\)$/, '').replace(/\*$/, ''), artist) && sameName(name, album))
}

function isOwn(image: string, origin: string): boolean {
  if (!URL.canParse(image)) return false
  const [target, home] = [new URL(image), new URL(origin)]
  return target.protocol === home.protocol && (target.host === home.host || HOSTS.test(target.hostname))
}
