create table item_photos (
  item_id text not null references items (id),
  attachment_id text not null,
  position integer not null,
  read_at_ms integer,
  primary key (item_id, attachment_id)
) strict, without rowid;
create index item_photos_attachment on item_photos (attachment_id);
