import { StageError } from '@torrentino/domain'

/** How a call to the engine, a wait for a torrent, or a run of the engine ended; few names. */
export type OnCall = (outcome: string, seconds: number) => void

/** Tells how a call or a wait ended and how long it took; one that its caller gave up says nothing about the engine. */
export async function told<T>(
  onCall: OnCall | undefined,
  good: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
  outcomeOf: (error: unknown) => string = codeOf,
): Promise<T> {
  const began = performance.now()
  const tell = (outcome: string) => onCall?.(outcome, (performance.now() - began) / 1000)
  try {
    const result = await work()
    tell(good)
    return result
  } catch (error) {
    if (!signal?.aborted) tell(outcomeOf(error))
    throw error
  }
}

export function codeOf(error: unknown): string {
  return error instanceof StageError ? error.code : 'fault'
}
