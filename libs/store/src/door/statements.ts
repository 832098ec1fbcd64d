// The SQL of the one door. Each statement is one transaction: ticket, step, audit and outbox, or nothing.

const INPUT = `
input as (
  select * from jsonb_to_recordset($1::jsonb) as i(
    id uuid, expect int, version int, state text, state_data jsonb, stage text, stage_version int, work jsonb, at timestamptz,
    requested_by text, priority int, request jsonb, request_hash text, idempotency_key text,
    cause text, from_state text, actor text, reason text, details jsonb, audit jsonb, outbox jsonb,
    candidates jsonb, scores jsonb, items jsonb, reset_items text)
)`

const UPDATE = `
moved as (
  update tickets t set version = i.version, state = i.state, state_data = i.state_data, stage = i.stage, stage_version = i.stage_version,
    work = i.work, attempts = 0, crashes = 0, due_at = null, last_error = null, updated_at = i.at
  from input i where t.id = i.id and t.version = i.expect
  returning t.id
)`

const INSERT = `
moved as (
  insert into tickets (id, version, state, state_data, stage, stage_version, requested_by, priority, request, request_hash, idempotency_key,
    work, created_at, updated_at)
  select i.id, i.version, i.state, i.state_data, i.stage, i.stage_version, i.requested_by, i.priority, i.request, i.request_hash,
    i.idempotency_key, i.work, i.at, i.at
  from input i
  on conflict do nothing
  returning id
)`

const RECORD = `
steps as (
  insert into ticket_transitions (ticket_id, version, cause, from_state, to_state, actor, requested_by, reason, details, at)
  select i.id, i.version, i.cause, i.from_state, i.state, i.actor, i.requested_by, i.reason, i.details, i.at
  from input i join moved m on m.id = i.id
  returning seq, ticket_id
), audits as (
  insert into audit_events (ticket_id, event_type, actor, at, payload)
  select i.id, a.event_type, i.actor, i.at, a.payload
  from input i join moved m on m.id = i.id cross join lateral jsonb_to_recordset(i.audit) as a(event_type text, payload jsonb)
), told as (
  insert into outbox (ticket_id, payload) select i.id, i.outbox from input i join moved m on m.id = i.id
  returning id, ticket_id
)`

const CANDIDATES = `
found as (
  insert into candidates (ticket_id, search_version, idx, torrent, score, track_mapping, reasons)
  select i.id, i.version, c.nr - 1, c.torrent, s.score, s.track_mapping, s.reasons
  from input i join moved m on m.id = i.id cross join lateral jsonb_array_elements(i.candidates) with ordinality as c(torrent, nr)
    left join lateral jsonb_to_recordset(i.scores) as s(idx int, score double precision, track_mapping jsonb, reasons jsonb) on s.idx = c.nr - 1
)`

const SCORES = `
scored as (
  update candidates c set score = s.score, track_mapping = s.track_mapping, reasons = s.reasons,
    torrent = coalesce(s.torrent, c.torrent)
  from input i join moved m on m.id = i.id
    cross join lateral jsonb_to_recordset(i.scores) as s(idx int, score double precision, track_mapping jsonb, reasons jsonb, torrent jsonb)
  where c.ticket_id = i.id and c.search_version = (i.work ->> 'candidates_version')::int and c.idx = s.idx
)`

// What an earlier download listed and this one does not have is no item of the ticket any more.
const ITEMS = `
dropped as (
  delete from ticket_items x using input i join moved m on m.id = i.id
  where x.ticket_id = i.id and i.items is not null
    and not exists (select from jsonb_array_elements(i.items) as n(item) where n.item ->> 'item_id' = x.item_id)
), listed as (
  insert into ticket_items (ticket_id, item_id, idx, kind, status, source_path)
  select i.id, x.item_id, x.idx, x.kind, 'waiting', x.source_path
  from input i join moved m on m.id = i.id
    cross join lateral jsonb_to_recordset(i.items) as x(item_id text, idx int, kind text, source_path text)
  on conflict (ticket_id, item_id) do update set
    status = 'waiting', source_path = excluded.source_path, attempts = 0, crashes = 0, due_at = null, error = null, output_path = null,
    size = null, sha256 = null, info = null, started_at = null, done_at = null
    where ticket_items.status <> 'done' or ticket_items.source_path <> excluded.source_path
)`

const RESET_ITEMS = `
reset as (
  update ticket_items x set status = 'waiting', attempts = 0, crashes = 0, due_at = null, error = null, output_path = null,
    size = null, sha256 = null, info = null, started_at = null, done_at = null
  from input i join moved m on m.id = i.id
  where x.ticket_id = i.id and (i.reset_items = 'all' or i.reset_items = 'open' and x.status <> 'done')
)`

const ANSWER = 'select s.ticket_id as id, s.seq, o.id as outbox_id from steps s join told o on o.ticket_id = s.ticket_id'

export interface StatementParts {
  create: boolean
  candidates: boolean
  scores: boolean
  items: boolean
  resetItems: boolean
}

/** Only the parts that the batch needs, under a name of its own, so that each is planned once per connection. */
export function doorStatement(parts: StatementParts): { name: string; text: string } {
  const optional: [boolean, string, string][] = [
    [parts.candidates, 'c', CANDIDATES],
    [parts.scores, 's', SCORES],
    [parts.items, 'i', ITEMS],
    [parts.resetItems, 'r', RESET_ITEMS],
  ]
  const chosen = optional.filter(([wanted]) => wanted)
  const ctes = [INPUT, parts.create ? INSERT : UPDATE, RECORD, ...chosen.map(([, , sql]) => sql)]
  return {
    name: `door-${parts.create ? 'create' : 'move'}${chosen.map(([, letter]) => letter).join('')}`,
    text: `with ${ctes.join(',')} ${ANSWER}`,
  }
}
