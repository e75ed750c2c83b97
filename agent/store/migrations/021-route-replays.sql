-- What a model on this network made at night of a question that one in the cloud had answered.
create table route_replays (
  decision_id text primary key references route_decisions (id) on delete cascade,
  at_ms integer not null,
  model_key text not null,
  verdict text not null check (verdict in ('would-do', 'would-not', 'unknown')),
  words text not null
) strict, without rowid;
create table route_rules_2 (
  name text primary key check (name in ('keep-local', 'photos-to-cloud', 'no-replays')),
  is_on integer not null check (is_on in (0, 1))
) strict, without rowid;
insert into route_rules_2 select name, is_on from route_rules;
drop table route_rules;
alter table route_rules_2 rename to route_rules;
