-- Which inventory the ids in drift_records belong to.
create table drift_target (
  only integer primary key check (only = 1),
  target text not null
) strict;
