create table meter_recordings (
  id text primary key,
  device_key text not null,
  device_name text not null,
  simulated integer not null check (simulated in (0, 1)),
  item_id text,
  started_at_ms real not null,
  ended_at_ms real,
  samples integer not null,
  watt_hours real not null,
  ampere_hours real not null,
  gaps integer not null,
  missing_ms real not null,
  words text not null
) strict;
create index meter_recordings_by_item on meter_recordings (item_id);

create table meter_samples (
  recording_id text not null references meter_recordings (id) on delete cascade,
  block integer not null,
  samples blob not null,
  primary key (recording_id, block)
) strict, without rowid;

-- Meters that freeze when they are asked once a second.
create table impatient_meters (
  device_key text primary key
) strict;
