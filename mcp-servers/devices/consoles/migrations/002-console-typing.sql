create table console_typing (
  step_id text primary key,
  place text not null,
  text text not null,
  baud_rate integer not null,
  operator text not null,
  state text not null check (state in ('queued', 'typing', 'done'))
) strict;
