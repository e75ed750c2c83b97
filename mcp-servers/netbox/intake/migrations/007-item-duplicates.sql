create table item_duplicates (
  item_id text not null references items (id),
  position integer not null,
  words text not null,
  tag text,
  url text,
  certain integer not null check (certain in (0, 1)),
  primary key (item_id, position)
) strict, without rowid;
