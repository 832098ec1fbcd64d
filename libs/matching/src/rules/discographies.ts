import type { Evidence, Verdict } from './rule.js'

export const PREFERRED = 'discography'

/** By setting: one large torrent serves the next tickets too. Only a list of files shows that everything wanted is in it. */
export function discographiesRule({ request, title, files }: Evidence): Verdict | undefined {
  if (!request.prefer_discographies || !title.discography || !files || files.unmapped.length > 0) return undefined
  return { code: PREFERRED, points: 0.02, text: 'it is a collection, which is preferred' }
}
