create table conversations (
  id text primary key,
  title text not null,
  created_at_ms integer not null,
  updated_at_ms integer not null
) strict;
create index conversations_by_update on conversations (updated_at_ms desc);
