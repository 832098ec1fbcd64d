import { messagesOfStep, type StepEvent } from '@torrentino/domain'
import { textFrame } from './text-frame.js'

/** A step as it goes to clients: who may see it, and the finished frames. */
export interface Delivery {
  seq: number
  ticketId: string
  requestedBy: string
  lastId: number
  frames: { id: number; bytes: Buffer }[]
}

export function deliveryOf(step: StepEvent): Delivery {
  const frames = messagesOfStep(step).map((message) => ({ id: message.id, bytes: textFrame(message) }))
  return {
    seq: step.seq,
    ticketId: step.ticket_id,
    requestedBy: step.requested_by,
    lastId: frames.at(-1)?.id ?? 0,
    frames,
  }
}

/** The highest id that a step can have: whoever has seen it has seen all of the step. */
export function idAfter(seq: number): number {
  return seq * 2 + 1
}

export function seqOf(id: number): number {
  return Math.floor(id / 2)
}

/** The last step of which nothing is missing after the message with this id. */
export function seqBefore(id: number): number {
  return Math.max(0, Math.floor((id + 1) / 2) - 1)
}
