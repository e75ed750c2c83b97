-- What a tool answered, where a model may get it only in part; read on by its reference.
create table tool_results (
  conversation_id text not null references conversations (id) on delete cascade,
  reference text not null,
  line text not null,
  text text not null,
  created_at_ms integer not null,
  primary key (conversation_id, reference)
) strict;

-- Tokens that a server reported for each token that was estimated; model_key names server and model.
create table token_corrections (
  model_key text primary key,
  factor real not null check (factor > 0),
  samples integer not null,
  updated_at_ms integer not null
) strict;
