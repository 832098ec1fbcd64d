import type { StageError } from '@torrentino/domain'
import type { HttpAnswer } from '@torrentino/runtime'
import { foreignText } from './foreign-text.js'
import { indexerError, refuseStatus } from './indexer-error.js'
import type { IndexerConfig } from './searcher.js'

/** The answer as JSON, whatever its header says; a StageError for what is none. */
export function jsonOf({ name, apiKey }: Pick<IndexerConfig, 'name' | 'apiKey'>, answer: HttpAnswer): unknown {
  if (answer.status === 400) throw refusedRequest(name, answer, apiKey)
  refuseStatus(name, answer)
  const text = new TextDecoder().decode(answer.body)
  try {
    return JSON.parse(text)
  } catch {
    throw noJson(name, text.trimStart())
  }
}

function noJson(indexer: string, text: string): StageError {
  if (text.startsWith('<'))
    return indexerError('retryable', indexer, 'answered with a web page where JSON was due (a login or protection page?)')
  return indexerError('retryable', indexer, /^[[{]/.test(text) ? 'its JSON breaks off or is malformed' : 'its answer is no JSON')
}

/** A server of many indexers explains a refused request in words: as text, as a JSON string, or in a field. */
function refusedRequest(indexer: string, { body }: HttpAnswer, apiKey: string | undefined): StageError {
  const text = body.subarray(0, 5000).toString('utf8')
  const [, said] = /"(?:message|error|description)"\s*:\s*"([^"\\]{1,1000})/.exec(text) ?? []
  const reason = foreignText(said ?? (/^[[{<]/.test(text.trimStart()) ? '' : text), apiKey)
  return indexerError('retryable', indexer, `could not search${reason === '' ? '' : `: ${reason}`}`)
}
