-- What a model showed when it was tried. version says which build of it, and which probe. Yes is 1, no is 0; null: it cannot be known.
drop table model_records;
create table model_findings (
  model_key text not null,
  version text not null,
  finding text not null,
  value real,
  found_at_ms integer not null,
  primary key (model_key, version, finding)
) strict, without rowid;
