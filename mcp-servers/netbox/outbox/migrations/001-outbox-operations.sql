create table outbox_operations (
  position integer primary key,
  id text not null unique,
  operation_key text not null unique,
  asset_tag text not null,
  intent text not null,
  state text not null check (
    state in ('queued', 'in_flight', 'ambiguous', 'retry_wait', 'needs_human', 'confirmed', 'cancelled')
  ),
  maybe_sent integer not null default 0 check (maybe_sent in (0, 1)),
  attempts integer not null default 0,
  not_before_ms integer not null default 0,
  device_id integer,
  record text,
  why text,
  announced integer not null default 0 check (announced in (0, 1)),
  sweep_at_ms integer,
  created_at_ms integer not null,
  updated_at_ms integer not null
) strict;

create index outbox_operations_pending on outbox_operations (position)
  where state in ('queued', 'ambiguous', 'retry_wait');
create index outbox_operations_open on outbox_operations (asset_tag, position, state)
  where state not in ('confirmed', 'cancelled');
create index outbox_operations_unannounced on outbox_operations (position)
  where announced = 0 and state in ('needs_human', 'confirmed', 'cancelled');
create index outbox_operations_sweep on outbox_operations (sweep_at_ms) where sweep_at_ms is not null;
