// The rows of one ticket as the pipeline writes them, written in the plainest way: one statement per stage, prepared, on raw pg.

export const BARE_STAGES = ['search', 'match', 'download', 'convert', 'place'] as const
export type BareStage = (typeof BARE_STAGES)[number]

interface Rows {
  from: string
  /** The states that the stage leads through, in order. */
  states: string[]
  audit: string[]
  extra?: string
}

const ROWS: Record<BareStage, Rows> = {
  search: {
    from: 'pending',
    states: ['searching', 'matching'],
    audit: ['TicketStateChanged', 'TicketStateChanged', 'SearchExecuted'],
    extra: `c as (insert into candidates (ticket_id, search_version, idx, torrent) select id, version, 0, '{"title":"a"}'::jsonb from t)`,
  },
  match: {
    from: 'matching',
    states: ['auto_approved'],
    audit: ['TicketStateChanged', 'MatchingStarted', 'MatchingCompleted'],
    extra: `c as (update candidates set score = 1, track_mapping = '[]', reasons = '[]' from t where ticket_id = t.id)`,
  },
  download: {
    from: 'auto_approved',
    states: ['downloading', 'converting'],
    audit: ['TicketStateChanged', 'TicketStateChanged', 'DownloadStarted', 'DownloadCompleted'],
    extra: `c as (insert into ticket_items (ticket_id, item_id, idx, kind, status, source_path) select id, 't1', 0, 'track', 'waiting', '/a' from t)`,
  },
  convert: {
    from: 'converting',
    states: ['placing'],
    audit: ['TicketStateChanged', 'ConversionStarted', 'ConversionCompleted'],
    extra: `c as (update ticket_items set status = 'done', output_path = '/b', size = 1, sha256 = 'c' from t where ticket_id = t.id)`,
  },
  place: { from: 'placing', states: ['completed'], audit: ['TicketStateChanged', 'PlacementStarted', 'PlacementCompleted'] },
}

/** $1 id, $2 expected version, $3 state data, $4 audit payload. Answers the outbox ids. */
export function bareStatement(stage: BareStage): { name: string; text: string; steps: number } {
  const { states, audit, extra, from } = ROWS[stage]
  const last = states.at(-1)
  const steps = states
    .map(
      (state, index) =>
        `select id, ${`version - ${states.length - 1 - index}`}, '${state}', '${index === 0 ? from : states[index - 1]}'  from t`,
    )
    .join(' union all ')
  const entries = audit.map((type) => `select id, '${type}' from t`).join(' union all ')
  return {
    name: `bare-${stage}`,
    steps: states.length,
    text: `with t as (
        update tickets set version = version + ${states.length}, state = '${last}', state_data = $3::jsonb, updated_at = now()
        where id = $1 and version = $2 returning id, version),
      s as (insert into ticket_transitions (ticket_id, version, to_state, from_state, cause, actor, requested_by, details, at)
        select x.id, x.v, x.too, x.fromm, 'step', 'bare', 'bench', $3::jsonb, now() from (${steps}) as x(id, v, too, fromm)),
      a as (insert into audit_events (ticket_id, event_type, actor, at, payload)
        select x.id, x.type, 'bare', now(), $4::jsonb from (${entries}) as x(id, type)),
      ${extra ? `${extra},` : ''}
      o as (insert into outbox (ticket_id, payload) select id, $4::jsonb from t returning id)
      select id from o`,
  }
}
