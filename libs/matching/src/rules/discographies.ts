import type { Evidence, Verdict } from './rule.js'

/** By setting: one large torrent serves the next tickets too. Only a list of files shows that everything wanted is in it. */
export function discographiesRule({ request, title, files }: Evidence): Verdict | undefined {
  if (!request.prefer_discographies || !files || files.unmapped.length > 0) return undefined
  if (title.discography) return { code: 'discography', points: 0.1, text: 'collections are preferred' }
  return { code: 'discography', points: -0.02, text: 'it is no collection, which is preferred' }
}
