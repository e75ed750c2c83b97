create table embedded_objects (
  id integer primary key autoincrement,
  model text not null,
  body text not null check (json_valid(body)),
  created text not null,
  last_updated text not null
) strict;

create index embedded_objects_by_model on embedded_objects (model, id);
