-- One row per value that a filter can ask for, in lower case where NetBox ignores case.
create table embedded_lookups (
  model text not null,
  field text not null,
  value text not null,
  object_id integer not null references embedded_objects (id) on delete cascade,
  primary key (model, field, value, object_id)
) strict, without rowid;

create index embedded_lookups_by_object on embedded_lookups (object_id);
