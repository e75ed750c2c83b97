create table outbox_operations_by_kind (
  position integer primary key,
  id text not null unique,
  operation_key text not null unique,
  kind text not null,
  subject text not null,
  intent text not null,
  asked text,
  state text not null check (
    state in (
      'queued', 'in_flight', 'ambiguous', 'retry_wait', 'conflict', 'needs_human', 'confirmed', 'cancelled', 'superseded'
    )
  ),
  superseded_by text,
  maybe_sent integer not null default 0 check (maybe_sent in (0, 1)),
  attempts integer not null default 0,
  not_before_ms integer not null default 0,
  record_id integer,
  record text,
  words text,
  why text,
  conflict text,
  undo text,
  announced integer not null default 0 check (announced in (0, 1)),
  sweep_at_ms integer,
  created_at_ms integer not null,
  updated_at_ms integer not null
) strict;

insert into outbox_operations_by_kind
  (position, id, operation_key, kind, subject, intent, state, maybe_sent, attempts, not_before_ms, record_id, record,
   words, why, announced, sweep_at_ms, created_at_ms, updated_at_ms)
select position, id, operation_key, 'create_item', asset_tag, intent, state, maybe_sent, attempts, not_before_ms, device_id,
  record, case when state = 'confirmed' then asset_tag || ' is recorded and read back.' end, why, announced, sweep_at_ms,
  created_at_ms, updated_at_ms
from outbox_operations;

drop table outbox_operations;
alter table outbox_operations_by_kind rename to outbox_operations;

create index outbox_operations_pending on outbox_operations (position)
  where state in ('queued', 'ambiguous', 'retry_wait');
create index outbox_operations_open on outbox_operations (subject, position, state)
  where state not in ('confirmed', 'cancelled', 'superseded');
create index outbox_operations_unannounced on outbox_operations (position)
  where announced = 0 and state in ('conflict', 'needs_human', 'confirmed', 'cancelled', 'superseded');
create index outbox_operations_sweep on outbox_operations (sweep_at_ms) where sweep_at_ms is not null;
create index outbox_operations_superseded on outbox_operations (superseded_by) where superseded_by is not null;

-- What an operation touches beside its own subject.
create table outbox_touches (
  subject text not null,
  operation_id text not null,
  primary key (subject, operation_id)
) strict, without rowid;

-- What has to be settled before an operation may go.
create table outbox_needs (
  operation_id text not null,
  needs_id text not null,
  primary key (operation_id, needs_id)
) strict, without rowid;
