export type { Audit, AuditFilter, AuditPage } from './audit.js'
export type { Candidates, StoredCandidate } from './candidates.js'
export type { Catalog, UncoveredArtist } from './catalog/catalog.js'
export type { CleanupCandidate } from './catalog/cleanup.js'
export type { Cover, CoveredTrack, WantedTrack } from './catalog/coverage.js'
export type { CatalogFile, CatalogFilter, CatalogPage, CatalogTorrent, CountedTorrent } from './catalog/listing.js'
export { owesGoal, owesIndexer } from './catalog/owes-goal.js'
export type { Registration, TorrentContent, TrackNames } from './catalog/register.js'
export type { Claimant, Claims, Links, Primary } from './claims/claims.js'
export { isDatabaseAway } from './connection-fault.js'
export {
  type Decision,
  type DecisionStore,
  type Range as DecisionRange,
  readDecisions,
  unreadableText,
} from './decisions/read-decisions.js'
export { readTraining } from './decisions/read-training.js'
export type { Door } from './door/door.js'
export type { CandidateScore, JobSpec, NewItem, StepResult, StepWrite } from './door/step-write.js'
export type { ItemAudit, ItemResult, ItemStatus, Items, TicketItemRow } from './items.js'
export { diffSchema, writeMigration } from './migrate/diff.js'
export { type DatabaseFacts, inspectDatabase } from './migrate/inspect.js'
export { migrate } from './migrate/migrate.js'
export type { Outbox, OutboxRow } from './outbox.js'
export type { PlacementJournals, PlacementRow, PlacementTurn } from './placement.js'
export type { DatabaseOptions, WrittenAudit } from './pool.js'
export type { HistoryEntry, Steps } from './steps.js'
export { openStore, type Store } from './store.js'
export type { ActiveTurn, TicketFilter, TicketPage, Tickets } from './tickets.js'
export type { NewToken, StoredToken, Tokens } from './tokens.js'
export type { GivenBack, StoredTorrent, TorrentStatus, Torrents } from './torrents.js'
export type { WarmingBudget } from './warming/budget.js'
export type { Look, WarmerState, Warming } from './warming/warming.js'
