create table tool_policies (
  server text not null,
  tool text not null,
  policy text not null check (policy in ('ask', 'allow', 'never')),
  fingerprint text not null,
  shape text not null,
  decided_by text not null,
  decided_at_ms integer not null,
  primary key (server, tool)
) strict;
