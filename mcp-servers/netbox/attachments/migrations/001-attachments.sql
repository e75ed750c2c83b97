create table attachments (
  id text primary key,
  sha256 text not null,
  name text not null,
  width_pixels integer not null,
  height_pixels integer not null,
  sample integer not null default 0 check (sample in (0, 1)),
  stored_at_ms integer not null
) strict;
create index attachments_sha256 on attachments (sha256);
