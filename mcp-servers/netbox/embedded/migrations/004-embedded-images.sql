create table embedded_images (
  object_id integer primary key references embedded_objects (id) on delete cascade,
  media_type text not null,
  bytes blob not null
) strict;
