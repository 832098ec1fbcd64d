import type { StageError, TorrentCandidate } from '@torrentino/domain'
import { foreignText } from '../foreign-text.js'
import { inTurns } from '../in-turns.js'
import { authError, indexerError, rateLimited } from '../indexer-error.js'
import type { OfferSource } from '../offer.js'
import { parseItem } from './parse-item.js'
import { type FeedShape, splitFeed } from './split-feed.js'
import { decodeEntities } from './xml-text.js'

/** The usable items of a feed; a StageError where the document as a whole is no feed. */
export async function readFeed(xml: string, source: OfferSource): Promise<TorrentCandidate[]> {
  const shape = splitFeed(xml)
  if (shape.kind !== 'items') throw feedError(shape, source)
  return inTurns(shape.items, (item) => parseItem(item, source))
}

function feedError(shape: Exclude<FeedShape, { kind: 'items' }>, source: OfferSource): StageError {
  const name = source.indexer
  switch (shape.kind) {
    case 'error':
      return statedError(shape.element, source)
    case 'web_page':
      return indexerError('retryable', name, 'answered with a web page where a feed was due (a login or protection page?)')
    case 'entities':
      return indexerError('permanent', name, 'its feed defines entities of its own, which is refused')
    case 'cut_off':
      return indexerError('retryable', name, 'its feed breaks off before the end')
    case 'other_xml':
      return indexerError('permanent', name, 'answered with XML that is no feed; check its URL in the settings')
    case 'not_xml':
      return indexerError('retryable', name, 'its answer is no XML')
  }
}

/** `<error code="100" description="..."/>`, which comes with HTTP 200. */
function statedError(element: string, source: OfferSource): StageError {
  const code = Number(stated(element, 'code') ?? 900)
  const description = foreignText(stated(element, 'description') ?? 'no description', source.apiKey)
  if (code >= 100 && code < 200) return authError(source.indexer, `refuses us (${code}: ${description})`)
  if (code === 429 || code === 500 || code === 501) return rateLimited(source.indexer, undefined)
  return indexerError(code >= 200 && code < 400 ? 'permanent' : 'retryable', source.indexer, `reports error ${code}: ${description}`)
}

function stated(element: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]{0,1000})"|'([^']{0,1000})')`, 'i').exec(element)
  return found ? decodeEntities(found[1] ?? found[2] ?? '') : undefined
}
