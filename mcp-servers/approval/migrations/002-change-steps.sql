create table change_steps (
  id text primary key,
  change_id text not null references change_requests (id),
  position integer not null,
  kind text not null,
  title text not null,
  payload text not null,
  waits_for integer,
  optional integer not null check (optional in (0, 1)),
  state text not null,
  outcome text,
  unique (change_id, position)
) strict;
