create table cable_tests_with_photos (
  id text primary key,
  source text not null check (source in ('tester', 'guided', 'photo')),
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

insert into cable_tests_with_photos select * from cable_tests;
drop table cable_tests;
alter table cable_tests_with_photos rename to cable_tests;
create index cable_tests_item on cable_tests (item_id, id);

create table cable_test_photos (
  test_id text not null references cable_tests (id) on delete cascade,
  position integer not null,
  attachment_id text not null,
  model_name text not null,
  prompt_hash text not null,
  is_sure integer not null check (is_sure in (0, 1)),
  near text not null,
  lit text not null,
  primary key (test_id, position)
) strict;
