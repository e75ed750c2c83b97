-- One answer being made. request_id makes sending a message idempotent; it is null for a continuation after a decision.
create table runs (
  id text primary key,
  conversation_id text not null references conversations (id) on delete cascade,
  request_id text,
  operator_message_id text,
  advisor_message_id text not null,
  model_key text not null,
  state text not null check (state in ('running', 'done', 'waiting', 'stopped', 'failed', 'interrupted')),
  started_at_ms integer not null,
  ended_at_ms integer,
  unique (conversation_id, request_id)
) strict;
create unique index one_running_run on runs (conversation_id) where state = 'running';
