import { codeOf, type OnCall, told } from '../shared/told.js'
import { Aria2Refusal, ConnectionLost, type Rpc } from './rpc.js'

export function toldRpc(rpc: Rpc, onCall: OnCall | undefined): Rpc {
  return { ...rpc, call: (method, params, answer) => told(onCall, 'ok', () => rpc.call(method, params, answer), undefined, outcomeOf) }
}

function outcomeOf(error: unknown): string {
  if (error instanceof Aria2Refusal) return 'refused'
  return error instanceof ConnectionLost ? 'connection_lost' : codeOf(error)
}
