import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { requestedItems, type StateName } from '@torrentino/domain'
import { ROOT_MARK } from '@torrentino/media'
import { faultsOfCompleted, faultsOfHistory } from '../system-tests/support/check-ticket.js'
import type { Accepted } from './users.js'
import type { Wish } from './wishes.js'
import type { World } from './world.js'

/** Something that must not be, and which ticket it is about. */
export interface Finding {
  ticketId: string | null
  text: string
}

/** How the wish may have ended when all faults are over; whoever took it back ended it before. */
function mayEnd({ kind }: Wish): StateName[] {
  if (kind === 'unknown') return ['search_failed', 'cancelled']
  if (kind === 'dry run') return ['dry_run_complete', 'cancelled', 'rejected']
  return ['completed', 'cancelled', 'rejected']
}

export async function findingsOfWish(world: World, wish: Wish, accepted: readonly Accepted[]): Promise<Finding[]> {
  const id = wish.id ?? ''
  const ticket = await world.it.store.tickets.find(id)
  if (!ticket) return [{ ticketId: id, text: 'was taken in and is gone' }]
  const { state } = ticket
  const faults = [
    ...(mayEnd(wish).includes(state.name) ? [] : [`a wish of kind "${wish.kind}" ended as ${state.name}: ${JSON.stringify(state)}`]),
    ...(await (state.name === 'completed' ? faultsOfCompleted(world.it, id) : faultsOfHistory(world.it.store, id))),
    ...(state.name === 'completed' ? [] : await faultsOfUntouched(wish)),
    ...(await lostCommands(world, id, accepted)),
    ...(await lostWork(world, id)),
  ]
  return faults.map((text) => ({ ticketId: id, text }))
}

/** Where nothing was placed all is as it was. */
async function faultsOfUntouched(wish: Wish): Promise<string[]> {
  const folder = dirname(wish.ticket.tracks[0]?.dest_path ?? '')
  const names = await readdir(folder).catch(() => [])
  const { standing } = wish
  const expected = standing ? [standing.path.slice(folder.length + 1)] : []
  const faults = names.join() === expected.join() ? [] : [`${folder} holds ${names}, not ${expected}`]
  const text = standing && (await readFile(standing.path, 'utf8').catch(() => null))
  return standing && text !== standing.text ? [...faults, `${standing.path} is not what it was`] : faults
}

async function lostCommands({ it }: World, id: string, accepted: readonly Accepted[]): Promise<string[]> {
  const history = await it.store.steps.history(id)
  const causes = [...new Set(accepted.filter(({ ticketId }) => ticketId === id).map(({ cause }) => cause))]
  return causes.flatMap((cause) => {
    const said = accepted.filter((one) => one.ticketId === id && one.cause === cause).length
    const done = history.filter((step) => step.cause === cause).length
    return done >= said ? [] : [`${cause} was accepted ${said} times and happened ${done} times`]
  })
}

/** None of our faults takes away what was made: whoever has to make it again has lost it. */
async function lostWork({ it }: World, id: string): Promise<string[]> {
  const history = await it.store.steps.history(id)
  return history.flatMap(({ cause, reason }) => (cause === 'files_gone' ? [`what was made for it was gone: ${reason}`] : []))
}

/** Every file of the library belongs to a ticket that is completed, or stood there before. */
export async function findingsOfLibrary({ it }: World, wishes: readonly Wish[]): Promise<Finding[]> {
  const expected = new Set<string>([join(it.folders.media, ROOT_MARK)])
  for (const { id, standing } of wishes) {
    const ticket = id === null ? null : await it.store.tickets.find(id)
    if (ticket?.state.name === 'completed') for (const { destPath } of requestedItems(ticket.request)) expected.add(destPath)
    if (standing) expected.add(standing.path)
  }
  const entries = await readdir(it.folders.media, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  return files.filter((path) => !expected.has(path)).map((path) => ({ ticketId: null, text: `nobody asked for ${path}` }))
}

export async function findingsOfCount({ it }: World, wishes: readonly Wish[]): Promise<Finding[]> {
  const [row] = await it.sql.query<{ count: number }>('select count(*)::int as count from tickets')
  const taken = new Set(wishes.map(({ id }) => id)).size
  return row?.count === taken ? [] : [{ ticketId: null, text: `${taken} wishes were taken in, and there are ${row?.count} tickets` }]
}
