import type { TrainingDecision } from '@torrentino/domain'
import { type DecisionStore, type OnUnreadable, type Range, readDecisions } from './read-decisions.js'
import { trainingDecision } from './training-decision.js'

/** The lines of the training data, a few decisions at a time. One that does not fit does not end those of the others. */
export async function* readTraining(store: DecisionStore, range: Range, onUnreadable: OnUnreadable): AsyncGenerator<TrainingDecision> {
  for await (const decision of readDecisions(store, range, onUnreadable)) {
    const line = attempt(() => trainingDecision(decision))
    if (line instanceof Error) onUnreadable(decision.ticket.id, line)
    else yield line
  }
}

function attempt<T>(make: () => T): T | Error {
  try {
    return make()
  } catch (error) {
    return error as Error
  }
}
