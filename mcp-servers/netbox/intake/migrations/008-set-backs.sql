-- Which step of an approved request set which item back: carried out once, however often it is begun.
create table set_backs (
  step_id text primary key,
  item_id text not null references items (id),
  was_recorded integer not null check (was_recorded in (0, 1)),
  set_back_at_ms integer not null
) strict, without rowid;
create index set_backs_item on set_backs (item_id);
