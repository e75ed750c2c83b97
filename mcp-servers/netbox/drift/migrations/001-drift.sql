-- Records that HWLab wrote: what it last knew, and what NetBox says where that differs.
create table drift_records (
  id integer primary key,
  kind text not null,
  record_id integer not null,
  hwlab_id text,
  tag text,
  seen text not null,
  now text,
  looked_micros integer not null,
  gone integer not null default 0 check (gone in (0, 1)),
  differs integer not null default 0 check (differs in (0, 1)),
  changed_by text,
  changed_at text,
  change_message text,
  unique (kind, record_id)
) strict;
create index drift_records_hwlab_id on drift_records (hwlab_id);
create index drift_records_found on drift_records (id) where differs = 1 or gone = 1;

-- Records with a tag like ours, or with the id of an item of ours, that HWLab did not write.
create table drift_strangers (
  kind text not null,
  record_id integer not null,
  hwlab_id text,
  tag text,
  display text not null,
  url text not null,
  dismissed integer not null default 0 check (dismissed in (0, 1)),
  primary key (kind, record_id)
) strict, without rowid;

-- How far the watch has come: NetBox's time for what was read, HWLab's own for when it looked.
create table drift_marks (
  name text primary key,
  value integer not null
) strict, without rowid;
