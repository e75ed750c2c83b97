create table model_replies (
  id text primary key,
  item_id text not null references items (id),
  model text not null,
  prompt_hash text not null,
  client text not null,
  raw text not null,
  received_at_ms integer not null
) strict;
create index model_replies_item on model_replies (item_id);
