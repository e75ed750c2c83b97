create table device_type_keys (
  device_type_id integer not null references device_types (id) on delete cascade,
  kind text not null check (kind in ('model', 'part-number', 'short')),
  exact text not null,
  folded text not null,
  primary key (device_type_id, kind, exact)
) strict, without rowid;
create index device_type_keys_by_exact on device_type_keys (exact);
create index device_type_keys_by_folded on device_type_keys (folded);
