-- Who shall answer in a conversation: local, cloud, or a model's key. No row: HWLab chooses.
create table route_wishes (
  conversation_id text primary key references conversations (id) on delete cascade,
  wish text not null
) strict, without rowid;
-- What may leave this network. No row: as HWLab comes.
create table route_rules (
  name text primary key check (name in ('keep-local', 'photos-to-cloud')),
  is_on integer not null check (is_on in (0, 1))
) strict, without rowid;
-- How one answer found its model; its id is the run's. models is JSON: each model that was thought of, and what became of it.
create table route_decisions (
  id text primary key,
  conversation_id text not null references conversations (id) on delete cascade,
  message_id text not null unique,
  at_ms integer not null,
  wish text not null,
  decided_by text not null,
  task text,
  model_key text not null,
  tier integer not null,
  models text not null
) strict;
create index route_decisions_by_conversation on route_decisions (conversation_id, at_ms);
