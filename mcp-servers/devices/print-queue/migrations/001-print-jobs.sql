create table print_jobs (
  id text primary key,
  step_id text not null unique,
  tag text not null,
  printer_id text not null,
  printer_name text not null,
  state text not null check (
    state in ('queued', 'sending', 'printed', 'saved', 'sent-unconfirmed', 'failed', 'unknown', 'void')
  ),
  words text not null,
  file_path text,
  media_type text,
  created_at_ms integer not null,
  updated_at_ms integer not null
) strict;
create index print_jobs_by_printer on print_jobs (printer_id, state);
create index print_jobs_by_tag on print_jobs (tag);
