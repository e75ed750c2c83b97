-- null: the reports of this recording were not kept.
alter table meter_recordings add column raw_reports integer;

create table meter_raw_reports (
  recording_id text not null references meter_recordings (id) on delete cascade,
  block integer not null,
  reports blob not null,
  primary key (recording_id, block)
) strict, without rowid;
