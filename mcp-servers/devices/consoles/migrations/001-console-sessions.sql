create table console_sessions (
  id text primary key,
  kind text not null check (kind in ('look', 'terminal')),
  place text not null,
  device_name text not null,
  simulated integer not null check (simulated in (0, 1)),
  baud_rate integer,
  operator text not null,
  item_id text,
  outcome text,
  words text not null,
  transcript text not null,
  started_at_ms integer not null,
  ended_at_ms integer
) strict;

create index console_sessions_place on console_sessions (place, started_at_ms);
