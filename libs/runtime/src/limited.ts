/**
 * Aborts as the signal does, or of itself after so long. Of `AbortSignal.timeout` within `AbortSignal.any` nobody holds on to the
 * former: on Node 20 it is collected as garbage and the limit never comes. A timer is held until it fires.
 */
export function limited(signal: AbortSignal, ms: number): AbortSignal {
  const limit = new AbortController()
  const end = () => limit.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'))
  setTimeout(end, ms).unref()
  return AbortSignal.any([signal, limit.signal])
}
