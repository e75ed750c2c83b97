create table cable_tests (
  id text primary key,
  source text not null check (source in ('tester', 'guided')),
  place text,
  tester_name text not null,
  simulated integer not null check (simulated in (0, 1)),
  profile_id text,
  ability text not null,
  wiring_id text not null,
  shield_expected integer not null check (shield_expected in (0, 1)),
  frame text not null,
  raw_hex text not null,
  result text not null check (result in ('pass', 'fail', 'none')),
  words text not null,
  notes text not null,
  operator text not null,
  item_id text,
  at_ms integer not null
) strict;

create index cable_tests_item on cable_tests (item_id, id);
