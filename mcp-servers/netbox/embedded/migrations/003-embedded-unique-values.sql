create table embedded_unique_values (
  model text not null,
  rule text not null,
  value text not null,
  object_id integer not null references embedded_objects (id) on delete cascade,
  primary key (model, rule, value)
) strict, without rowid;

create index embedded_unique_values_by_object on embedded_unique_values (object_id);
