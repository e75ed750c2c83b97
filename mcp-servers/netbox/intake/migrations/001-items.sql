create table items (
  id text primary key,
  state text not null check (state in ('draft', 'indexed', 'needs_research', 'researched', 'complete')),
  note text not null,
  sample integer not null check (sample in (0, 1)),
  started_by text not null,
  conversation_id text,
  printer_id text,
  operation_key text,
  trouble text,
  record_kind text,
  record_id integer,
  record_name text,
  record_url text,
  confirmed_at_ms integer,
  discarded_at_ms integer,
  created_at_ms integer not null,
  updated_at_ms integer not null
) strict;
create index items_operation_key on items (operation_key);
create index items_open on items (updated_at_ms) where discarded_at_ms is null;
