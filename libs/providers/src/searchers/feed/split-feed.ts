import { MAX_ITEMS } from '../limits.js'

const MAX_ITEM_CHARS = 200_000

export type FeedShape =
  | { kind: 'items'; items: string[] }
  | { kind: 'error'; element: string }
  | { kind: 'not_xml' | 'web_page' | 'entities' | 'cut_off' | 'other_xml' }

/**
 * Cuts a feed into its items before any is parsed: each stands alone, so one that is broken spoils no other,
 * and the document's own entity definitions never reach the parser.
 */
export function splitFeed(xml: string): FeedShape {
  const start = rootAt(xml)
  if (typeof start === 'string') return { kind: start }
  const root = /^<([\w:.-]+)/.exec(xml.slice(start, start + 100))?.[1]?.toLowerCase()
  if (root === undefined) return { kind: 'not_xml' }
  if (root === 'html') return { kind: 'web_page' }
  if (root === 'error') return { kind: 'error', element: xml.slice(start, start + 5000) }
  if (root !== 'rss' && root !== 'feed' && !root.endsWith('rdf')) return { kind: 'other_xml' }
  if (!new RegExp(`(</${root}\\s*>|<${root}[^>]{0,2000}/>)[\\s\\S]{0,1000}$`, 'i').test(xml.slice(-3000))) return { kind: 'cut_off' }
  const error = /<error\s[^>]{0,4000}>/.exec(xml.slice(start, start + 5000))?.[0]
  const items = itemsOf(xml, start, root === 'feed' ? 'entry' : 'item')
  return error && items.length === 0 ? { kind: 'error', element: error } : { kind: 'items', items }
}

/** Where the root element begins, past declaration, comments and a plain DOCTYPE. */
function rootAt(xml: string): number | 'not_xml' | 'web_page' | 'entities' | 'cut_off' {
  let at = 0
  for (let steps = 0; steps < 50; steps++) {
    while (at < xml.length && xml.charCodeAt(at) <= 32) at++
    if (xml[at] !== '<') return 'not_xml'
    if (/^<!doctype\s+html/i.test(xml.slice(at, at + 40))) return 'web_page'
    const end = xml.startsWith('<!--', at)
      ? '-->'
      : xml.startsWith('<?', at)
        ? '?>'
        : /^<!doctype/i.test(xml.slice(at, at + 9))
          ? '>'
          : undefined
    if (end === undefined) return at
    const close = xml.indexOf(end, at)
    if (close < 0) return 'cut_off'
    if (end === '>' && xml.slice(at, close).includes('[')) return 'entities'
    at = close + end.length
  }
  return 'not_xml'
}

/** One pass: an item that never closes is dropped where the next one opens. */
function itemsOf(xml: string, start: number, name: 'item' | 'entry'): string[] {
  const items: string[] = []
  const tags = name === 'entry' ? /<entry[\s>]|<\/entry\s{0,9}>/g : /<item[\s>]|<\/item\s{0,9}>/g
  tags.lastIndex = start
  let opened = -1
  for (let tag = tags.exec(xml); tag && items.length < MAX_ITEMS; tag = tags.exec(xml)) {
    if (!tag[0].startsWith('</')) {
      opened = tag.index
      continue
    }
    if (opened >= 0 && tags.lastIndex - opened <= MAX_ITEM_CHARS) items.push(xml.slice(opened, tags.lastIndex))
    opened = -1
  }
  return items
}
