-- Records that were carried into a NetBox, read back there.
create table embedded_moved (
  object_id integer not null,
  target text not null,
  record_kind text not null,
  record_id integer not null,
  moved_at_ms integer not null,
  primary key (object_id, target)
) strict, without rowid;
