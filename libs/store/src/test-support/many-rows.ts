/** Rows as years of use leave them: most tickets completed, few requesters with most of them, types and actors far from even. */
export function manyRowsSql(tickets: number, audits: number): string[] {
  return [
    `insert into tickets (id, version, state, state_data, stage, stage_version, requested_by, priority, request, request_hash, work, created_at, updated_at)
     select md5('ticket ' || n)::uuid, 9,
       case when n % 20000 = 7 then 'needs_approval' when n % 25000 = 9 then 'search_failed' when n % 50000 = 11 then 'downloading'
         when n % 97 = 3 then 'failed' when n % 89 = 5 then 'cancelled' else 'completed' end,
       '{"completed_at":"2026-01-01T00:00:00.000Z"}', case when n % 50000 = 11 then 'download' end, 5,
       case when n % 10 < 6 then 'anonymous' else 'user ' || n % 50 end, 2, '{"search":{"artist":"somebody"}}', 'hash', '{}',
       timestamptz '2024-01-01' + n * interval '63 s', timestamptz '2024-01-01' + n * interval '63 s'
     from generate_series(1, ${tickets}) n`,
    `insert into audit_events (ticket_id, event_type, actor, at, payload)
     select case when n % 1000 = 0 then null else md5('ticket ' || 1 + n / ${Math.floor(audits / tickets)} % ${tickets})::uuid end,
       case when n % 50000 = 17 then 'AdminRetry' when n % 70000 = 19 then 'ApprovalGranted' when n % 1000 = 0 then 'ServiceStarted'
         when n % 10 < 5 then 'TicketStateChanged' when n % 10 = 5 then 'SearchExecuted' when n % 10 = 6 then 'MatchingCompleted'
         when n % 10 = 7 then 'ConversionCompleted' else 'DownloadProgress' end,
       case when n % 50000 = 17 then 'admin' when n % 70000 = 19 then 'admin' when n % 10 < 2 then 'match-worker' when n % 10 = 5 then 'search-worker'
         when n % 10 = 6 then 'match-worker' when n % 10 = 7 then 'convert-worker' else 'download-worker' end,
       timestamptz '2024-01-01' + n * interval '6.3 s', '{"version":1,"cause":"step"}'
     from generate_series(1, ${audits}) n`,
    'analyze tickets',
    'analyze audit_events',
  ]
}
