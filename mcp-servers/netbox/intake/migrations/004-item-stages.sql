create table item_stages (
  item_id text not null references items (id),
  name text not null,
  position integer not null,
  words text not null,
  status text not null check (status in ('waiting', 'working', 'done', 'failed', 'skipped')),
  primary key (item_id, name)
) strict, without rowid;
