import { NewTicket } from '@torrentino/domain'
import { createActiveRuns, createTicket, type Stage, stageHandler } from '@torrentino/pipeline'
import { noopStage } from './noop-stages.js'
import { openPipeline, WORKER } from './pipeline.js'
import type { Servers } from './servers.js'

export interface Conversion {
  items: { source: string; seconds: number }[]
  constraints: object
}

export interface Conversions {
  /** From when the first of the tickets may be converted until all are. */
  seconds(conversions: Conversion[]): Promise<number>
  close(): Promise<void>
}

/** Brings tickets to their conversion, which is left to others. */
export async function openConversions(servers: Servers): Promise<Conversions> {
  const { bus, deps, close } = await openPipeline(servers, 'bench')
  const runs = createActiveRuns(deps)
  const open = new Set<string>()
  let began = 0
  let through = (_seconds: number) => {}
  let broken = (_error: Error) => {}
  await bus.subscribe({
    onEvent: (event) => {
      if (event.kind !== 'step' || !open.has(event.ticket_id)) return
      if (event.to === 'converting') began ||= performance.now()
      if (event.to === 'failed') broken(new Error(`a ticket of the bench failed: ${event.reason}`))
      if (event.to === 'placing') open.delete(event.ticket_id)
      if (open.size === 0) through((performance.now() - began) / 1000)
    },
    onError: () => {},
  })
  const endCleanup = async () => {}
  const stages: Stage<null>[] = [
    noopStage('search', endCleanup),
    noopStage('match', endCleanup),
    downloaded(noopStage('download', endCleanup)),
  ]
  const workers = stages.map((stage) =>
    bus.work({ queue: stage.name, handle: stageHandler(stage, deps, runs), concurrency: 10, ...WORKER }),
  )
  return {
    async seconds(conversions) {
      const end = new Promise<number>((resolve, reject) => {
        through = resolve
        broken = reject
      })
      began = 0
      const tickets = conversions.map(ticketOf)
      for (const ticket of tickets) open.add(ticket.ticket_id ?? '')
      for (const ticket of tickets) await createTicket(deps, { ticket, requestedBy: 'bench', mediaRoots: ['/bench'] })
      return end
    },
    async close() {
      runs.close()
      await Promise.all(workers.map((worker) => worker.close(0)))
      await close()
    },
  }
}

function ticketOf({ items, constraints }: Conversion): NewTicket {
  return NewTicket.parse({
    ticket_id: crypto.randomUUID(),
    search: { artist: 'Some Artist', album: 'Some Album', year: 2001 },
    tracks: items.map(({ source, seconds }, index) => ({
      catalog_track_id: `t${index + 1}`,
      track_number: index + 1,
      name: source,
      duration_secs: seconds,
      dest_path: `/bench/${index + 1}.ogg`,
    })),
    constraints,
  })
}

/** The download that hands on the files which the ticket names. */
function downloaded(stage: Stage<null>): Stage<null> {
  return {
    ...stage,
    decide: (ticket, facts, now) => {
      const outcome = stage.decide(ticket, facts, now)
      if (outcome.kind !== 'step' || outcome.type !== 'download_done') return outcome
      const items = ticket.request.tracks.map((track, idx) => ({
        itemId: track.catalog_track_id,
        idx,
        kind: 'track' as const,
        sourcePath: track.name,
      }))
      return { ...outcome, items }
    },
  }
}
