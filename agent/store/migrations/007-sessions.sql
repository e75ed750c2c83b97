create table sessions (
  session_hash text primary key,
  operator text not null,
  created_at_ms integer not null,
  last_seen_at_ms integer not null,
  expires_at_ms integer not null
) strict;
