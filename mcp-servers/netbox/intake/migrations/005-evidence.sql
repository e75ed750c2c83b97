create table evidence (
  id text primary key,
  item_id text not null references items (id),
  field text not null,
  value text not null,
  kind text not null check (kind in ('operator', 'decoded', 'read', 'catalogue', 'derived', 'said')),
  source text not null,
  quote text not null,
  syntax text not null check (syntax in ('checked', 'labelled', 'shaped', 'plain')),
  reader_confidence real,
  attachment_id text,
  box_left real,
  box_top real,
  box_width real,
  box_height real,
  created_at_ms integer not null
) strict;
create index evidence_item on evidence (item_id, field);
create index evidence_value on evidence (field, value);
