-- Operations that were taken back, and the approved step that did it.
create table undone_operations (
  operation_id text primary key,
  step_id text not null unique
) strict, without rowid;
