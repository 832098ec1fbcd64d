import type pg from 'pg'
import { createBatcher } from '../batcher.js'
import { toJson } from '../json.js'
import type { WrittenAudit } from '../pool.js'
import { doorStatement } from './statements.js'
import type { StepResult, StepWrite } from './step-write.js'
import { type TicketQuota, withinQuota } from './within-quota.js'

/** The only way in which a ticket's row changes its state. */
export interface Door {
  write(step: StepWrite): Promise<StepResult>
}

export function createDoor(pool: pg.Pool, onAudit?: (entries: WrittenAudit[]) => void): Door {
  async function run(steps: StepWrite[]): Promise<StepResult[]> {
    const results = await writeSteps(pool, steps)
    if (onAudit) onAudit(steps.filter((_, index) => results[index]).flatMap(auditOf))
    return results
  }
  const key = (step: StepWrite) => step.ticket.id
  const move = createBatcher({ run, key })
  const create = createBatcher({ run, key })

  /** Alone: those in one statement with it could not be counted. */
  async function createWithin(quota: TicketQuota, step: StepWrite): Promise<StepResult> {
    const result = await withinQuota(pool, step, quota, async (client) => (await writeSteps(client, [step]))[0] ?? null)
    if (result && onAudit) onAudit(auditOf(step))
    return result
  }

  return {
    write(step) {
      if (step.expectVersion !== null) return move(step)
      return step.create?.quota ? createWithin(step.create.quota, step) : create(step)
    },
  }
}

function auditOf({ ticket, actor, audit }: StepWrite): WrittenAudit[] {
  return audit.map(({ type, payload }) => ({ ticket_id: ticket.id, event_type: type, actor, at: ticket.updatedAt.toISOString(), payload }))
}

async function writeSteps(db: pg.Pool | pg.PoolClient, steps: StepWrite[]): Promise<StepResult[]> {
  const statement = doorStatement({
    create: steps.some((step) => step.expectVersion === null),
    candidates: steps.some((step) => step.candidates),
    scores: steps.some((step) => step.scores),
    items: steps.some((step) => step.items),
    resetItems: steps.some((step) => step.resetItems !== undefined),
  })
  const { rows } = await db.query<{ id: string; seq: string; outbox_id: string }>({
    ...statement,
    // In one order everywhere, so that statements which meet in a ticket wait for each other and not in a ring.
    values: [toJson(steps.toSorted((a, b) => (a.ticket.id < b.ticket.id ? -1 : 1)).map(toInput))],
  })
  const written = new Map(rows.map((row) => [row.id, { seq: Number(row.seq), outboxId: row.outbox_id }]))
  return steps.map((step) => written.get(step.ticket.id) ?? null)
}

function toInput(step: StepWrite): Record<string, unknown> {
  const { ticket } = step
  const { name, ...stateData } = ticket.state
  const created = step.create
    ? { request: ticket.request, request_hash: step.create.requestHash, idempotency_key: step.create.idempotencyKey }
    : {}
  return {
    id: ticket.id,
    expect: step.expectVersion,
    version: ticket.version,
    state: name,
    state_data: stateData,
    stage: ticket.stage,
    stage_version: ticket.stageVersion,
    work: ticket.work,
    at: ticket.updatedAt,
    requested_by: ticket.requestedBy,
    priority: ticket.priority,
    ...created,
    cause: step.cause,
    from_state: step.from,
    actor: step.actor,
    reason: step.reason,
    details: step.details,
    audit: step.audit.map(({ type, payload }) => ({ event_type: type, payload })),
    outbox: { version: ticket.version, jobs: step.jobs },
    candidates: step.candidates,
    scores: step.scores?.map((score) => ({
      idx: score.idx,
      score: score.score,
      track_mapping: score.trackMapping,
      reasons: score.reasons,
      torrent: score.torrent,
    })),
    items: step.items?.map((item) => ({ item_id: item.itemId, idx: item.idx, kind: item.kind, source_path: item.sourcePath })),
    reset_items: step.resetItems ?? null,
  }
}
