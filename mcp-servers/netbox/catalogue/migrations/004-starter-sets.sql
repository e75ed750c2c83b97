create table starter_sets (
  digest text primary key,
  added_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ'))
) strict;
