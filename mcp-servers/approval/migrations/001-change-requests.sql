create table change_requests (
  id text primary key,
  server text not null,
  tool text not null,
  tier text not null check (tier in ('write', 'bulk-or-destructive', 'physical')),
  requester text not null,
  title text not null,
  item_id text,
  lines text not null,
  warnings text not null,
  digest text not null,
  call_key text,
  state text not null,
  why text,
  created_at_ms integer not null,
  expires_at_ms integer not null,
  decided_by text,
  channel text,
  decided_at_ms integer
) strict;

create index change_requests_by_state on change_requests (state, expires_at_ms);
create index change_requests_by_item on change_requests (item_id, id);
