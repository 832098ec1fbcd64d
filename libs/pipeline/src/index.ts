export { type ActiveRuns, createActiveRuns } from './active-runs.js'
export { noteClientHealth, readClientHealth } from './client-health.js'
export { type Change, changeTicket } from './commands/change-ticket.js'
export {
  approveTicket,
  cancelTicket,
  forceMagnet,
  forceSearch,
  pauseTicket,
  rejectTicket,
  resumeTicket,
  retryTicket,
} from './commands/commands.js'
export { type CreateInput, type CreateOutcome, createTicket } from './commands/create-ticket.js'
export { commitStep, type StepExtras } from './commit-step.js'
export type { PipelineDeps, RetryRules } from './deps.js'
export { isInfrastructure, judge, type Verdict } from './faults.js'
export { giveUp } from './give-up.js'
export { noteConfigFaults } from './note-config-faults.js'
export { quietly, retryRules, showAllStates, startedEvent, stoppedEvent, VERSION, warmingBudget } from './process-parts.js'
export { openProcessStore } from './process-store.js'
export { redisOf } from './redis-of.js'
export { rescueTurns, sweepOutbox } from './rescue.js'
export { cleanupHandler } from './run-cleanup.js'
export { itemHandler } from './run-item.js'
export { stageHandler } from './run-stage.js'
export type { Failure, ItemStage, Outcome, RunContext, Stage } from './stage.js'
export { callContext } from './tracing.js'
export { readWait } from './waits.js'
export { type Kit, openKit, type WorkPlan, work } from './worker-process.js'
