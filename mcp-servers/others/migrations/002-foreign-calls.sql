create table foreign_calls (
  id text primary key,
  step_id text unique,
  server text not null,
  tool text not null,
  fingerprint text not null,
  arguments text not null,
  conversation text,
  state text not null check (state in ('queued', 'sending', 'answered', 'error', 'not-sent', 'unknown', 'happened', 'not-happened')),
  words text not null,
  said text,
  created_at_ms integer not null,
  updated_at_ms integer not null
) strict;

create index foreign_calls_by_state on foreign_calls (state, id);
create index foreign_calls_by_conversation on foreign_calls (conversation) where conversation is not null;
