create table access_tokens (
  id text primary key,
  name text not null unique,
  hash text not null unique,
  scope text not null check (scope in ('read', 'propose')),
  created_at_ms integer not null,
  expires_at_ms integer not null,
  last_used_at_ms integer
) strict;
