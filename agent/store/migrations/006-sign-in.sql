create table sign_in_tokens (
  token_hash text primary key,
  operator text not null,
  created_at_ms integer not null,
  expires_at_ms integer not null,
  used_at_ms integer
) strict;
