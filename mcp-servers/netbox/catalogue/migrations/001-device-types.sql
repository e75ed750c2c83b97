create table device_types (
  id integer primary key,
  slug text not null unique,
  manufacturer text not null,
  manufacturer_slug text not null,
  model text not null,
  part_number text,
  u_height real not null,
  is_full_depth integer not null check (is_full_depth in (0, 1)),
  role text,
  key_spec text,
  source text not null,
  origin text not null check (origin in ('starter', 'imported'))
) strict;
create index device_types_by_manufacturer on device_types (manufacturer_slug);
