create table photo_readings (
  attachment_id text primary key,
  reading text not null,
  read_at_ms integer not null
) strict;
