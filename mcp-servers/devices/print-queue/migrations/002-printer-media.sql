create table printer_media (
  printer_id text primary key,
  media text not null
) strict;
