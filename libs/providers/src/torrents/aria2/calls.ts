import { StageError } from '@torrentino/domain'
import type { OnCall } from './options.js'
import { Aria2Refusal, ConnectionLost, type Rpc } from './rpc.js'

/** Tells how a call or a wait ended and how long it took; one that its caller gave up says nothing about the engine. */
export async function told<T>(onCall: OnCall | undefined, good: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
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

export function toldRpc(rpc: Rpc, onCall: OnCall | undefined): Rpc {
  return { ...rpc, call: (method, params, answer) => told(onCall, 'ok', () => rpc.call(method, params, answer)) }
}

function outcomeOf(error: unknown): string {
  if (error instanceof StageError) return error.code
  if (error instanceof Aria2Refusal) return 'refused'
  return error instanceof ConnectionLost ? 'connection_lost' : 'fault'
}
