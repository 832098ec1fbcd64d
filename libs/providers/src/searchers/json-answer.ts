import type { StageError } from '@torrentino/domain'
import type { HttpAnswer } from '@torrentino/runtime'
import { foreignText } from './foreign-text.js'
import { indexerError } from './indexer-error.js'

/** The answer as JSON, whatever its header says; a StageError for what is none. */
export function readJson(indexer: string, body: Buffer): unknown {
  const text = new TextDecoder().decode(body)
  try {
    return JSON.parse(text)
  } catch {
    throw noJson(indexer, text.trimStart())
  }
}

function noJson(indexer: string, text: string): StageError {
  if (text.startsWith('<'))
    return indexerError('retryable', indexer, 'answered with a web page where JSON was due (a login or protection page?)')
  return indexerError('retryable', indexer, /^[[{]/.test(text) ? 'its JSON breaks off or is malformed' : 'its answer is no JSON')
}

/** A server of many indexers explains a refused request in words: as text, as a JSON string, or in a field. */
export function refusedRequest(indexer: string, { status, body }: HttpAnswer, apiKey: string | undefined): StageError | undefined {
  if (status !== 400) return undefined
  const text = body.subarray(0, 5000).toString('utf8')
  const [, said] = /"(?:message|error|description)"\s*:\s*"([^"\\]{1,1000})/.exec(text) ?? []
  const reason = foreignText(said ?? (/^[[{<]/.test(text.trimStart()) ? '' : text), apiKey)
  return indexerError('retryable', indexer, `could not search${reason === '' ? '' : `: ${reason}`}`)
}
