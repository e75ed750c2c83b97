-- parts and answered_by are JSON in the shapes of agent/protocol.ts
create table messages (
  position integer primary key autoincrement,
  id text not null unique,
  conversation_id text not null references conversations (id) on delete cascade,
  role text not null check (role in ('operator', 'advisor')),
  parts text not null,
  answered_by text,
  created_at_ms integer not null
) strict;
create index messages_by_conversation on messages (conversation_id, position);
