-- What a person wants every model to know, in their own words.
create table facts (
  id text primary key,
  text text not null unique check (length(text) between 1 and 200),
  -- It is told to no model in the cloud.
  is_private integer not null check (is_private in (0, 1)),
  -- The model that proposed the sentence; null: the person wrote it.
  proposed_by text,
  set_by text not null,
  set_at_ms integer not null
) strict;
-- Sentences that wait for a person, or did. Nothing of them is a fact before the state is done.
create table fact_proposals (
  id text primary key,
  text text not null,
  is_private integer not null check (is_private in (0, 1)),
  -- null: the person wrote it.
  proposed_by text,
  requester text not null,
  conversation_id text not null references conversations (id) on delete cascade,
  state text not null check (state in ('proposed', 'done', 'declined', 'expired')),
  decided_by text,
  created_at_ms integer not null,
  expires_at_ms integer not null,
  ended_at_ms integer
) strict;
create index fact_proposals_by_state on fact_proposals (state, expires_at_ms);
