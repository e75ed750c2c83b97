-- Where a conversation begins, once what came before is only a summary; older messages go in small slices.
alter table conversations add column summary_position integer;
-- What a person set; days is null where it is kept for good. No row: as HWLab comes.
create table retention_rules (
  name text primary key,
  days integer check (days > 0)
) strict, without rowid;
-- When the work on memory was done last, and what came of it.
create table memory_work (
  name text primary key check (name in ('tidy', 'compact')),
  at_ms integer not null,
  words text not null
) strict, without rowid;
