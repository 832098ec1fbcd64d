import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type AuditEntry, requestedItems, type Ticket, TRANSITIONS, type TransitionRow } from '@torrentino/domain'
import { probeMedia, verifyFile } from '@torrentino/media'
import type { HistoryEntry, Store } from '@torrentino/store'
import type { TestSystem } from './test-system.js'

/** Everything that can be wrong with a ticket whatever happened to it on the way; empty when it is sound. */
export async function faultsOfHistory(store: Store, ticketId: string): Promise<string[]> {
  const [history, audit] = await Promise.all([store.steps.history(ticketId), auditOf(store, ticketId)])
  return [...faultsOfSteps(history), ...faultsOfAudit(history, audit)].map((fault) => `${ticketId}: ${fault}`)
}

/** The same of a completed one, with its files: each placed once, complete, and nothing beside them. */
export async function faultsOfCompleted({ store, ffprobe }: Pick<TestSystem, 'store' | 'ffprobe'>, ticketId: string): Promise<string[]> {
  const audit = await auditOf(store, ticketId)
  const placed = audit.filter((entry) => entry.event_type === 'PlacementCompleted').length
  return [
    ...(await faultsOfHistory(store, ticketId)),
    ...(placed === 1 ? [] : [`${ticketId}: placed ${placed} times`]),
    ...(await faultsOfFiles(store, ffprobe, ticketId)).map((fault) => `${ticketId}: ${fault}`),
  ]
}

function faultsOfSteps(history: HistoryEntry[]): string[] {
  const faults: string[] = []
  let state: string | null = null
  for (const [index, { version, cause, from, to }] of history.entries()) {
    if (version !== index + 1) faults.push(`version ${version} stands where ${index + 1} should`)
    if (from !== state) faults.push(`version ${version} leads from ${from}, but the ticket was in ${state}`)
    if (!isLegal(cause, from, to)) faults.push(`version ${version}: ${cause} must not lead from ${from} to ${to}`)
    state = to
  }
  return faults
}

function isLegal(cause: string, from: string | null, to: string): boolean {
  if (cause === 'create') return from === null && to === 'pending'
  const { from: sources = [], to: targets = [] } = (TRANSITIONS as Record<string, Partial<TransitionRow>>)[cause] ?? {}
  return sources.some((state) => state === from) && targets.some((state) => state === to)
}

function faultsOfAudit(history: HistoryEntry[], audit: AuditEntry[]): string[] {
  const created = audit.filter((entry) => entry.event_type === 'TicketCreated').length
  const changes = audit.filter((entry) => entry.event_type === 'TicketStateChanged').map((entry) => Number(entry.payload.version))
  const expected = history.slice(1).map((entry) => entry.version)
  const asSteps = changes.sort((a, b) => a - b).join() === expected.join()
  return [
    ...(created === 1 ? [] : [`${created} TicketCreated`]),
    ...(asSteps ? [] : [`steps ${expected}, but TicketStateChanged for ${changes}`]),
  ]
}

async function faultsOfFiles(store: Store, ffprobePath: string, ticketId: string): Promise<string[]> {
  const [ticket, items] = await Promise.all([store.tickets.find(ticketId), store.items.of(ticketId)])
  if (!ticket) return ['the ticket is gone']
  const approved = (await store.steps.history(ticketId)).some(({ cause }) => cause === 'approve')
  const wanted = requestedItems(ticket.request).filter(({ id }) => !mayLack(ticket, id, approved))
  const folder = dirname(wanted[0]?.destPath ?? '')
  const names = (await readdir(folder)).sort()
  const expected = wanted.map((item) => item.destPath.slice(folder.length + 1)).sort()
  const faults = names.join() === expected.join() ? [] : [`${folder} holds ${names}, not ${expected}`]
  for (const { id, kind, destPath } of wanted) {
    const item = items.find((made) => made.itemId === id)
    await verifyFile(destPath, { size: item?.size ?? -1, sha256: item?.sha256 ?? '' }).catch((error) => faults.push(String(error)))
    if (kind === 'image') continue
    const track = ticket.request.tracks.find((candidate) => candidate.catalog_track_id === id)
    const info = await probeMedia(destPath, { ffprobePath }).catch((error) => {
      faults.push(`${destPath} cannot be probed: ${error}`)
      return null
    })
    if (!info) continue
    if (info.tags.title !== track?.name) faults.push(`${destPath} is "${info.tags.title}", not "${track?.name}"`)
    if (Math.abs((info.durationSecs ?? 0) - (track?.duration_secs ?? 0)) > 0.5) faults.push(`${destPath} plays for ${info.durationSecs} s`)
  }
  return faults
}

/** What the ticket says that it lacks: a picture that nobody insisted on, or what an approved candidate does not have. */
function mayLack({ state, request }: Ticket, id: string, approved: boolean): boolean {
  if (state.name !== 'completed' || !state.missing_items?.includes(id)) return false
  return approved || request.images.some((image) => image.catalog_image_id === id && !image.required)
}

async function auditOf(store: Store, ticketId: string): Promise<AuditEntry[]> {
  return (await store.audit.list({ ticketId, limit: 1000 })).entries
}
