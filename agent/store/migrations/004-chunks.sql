-- Rows live while their run is running; afterwards the stored message is the truth.
create table chunks (
  run_id text not null references runs (id) on delete cascade,
  seq integer not null,
  body text not null,
  primary key (run_id, seq)
) strict, without rowid;
