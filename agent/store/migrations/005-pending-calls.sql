-- A tool call whose outcome a person decides. waiting: undecided. settled: the outcome is in the message. told: the advisor said so.
create table pending_calls (
  call_id text primary key,
  change_id text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  message_id text not null,
  part_index integer not null,
  model_key text not null,
  server text not null,
  tool text not null,
  arguments text not null,
  request_state text,
  state text not null check (state in ('waiting', 'settled', 'told')),
  created_at_ms integer not null
) strict;
create index pending_calls_by_change on pending_calls (change_id, state);
