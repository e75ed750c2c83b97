-- What a model proved when it was probed. version is whatever the server says about the model (digest, size, date).
create table model_records (
  model_key text not null,
  version text not null,
  tools integer not null,
  vision integer not null,
  words text not null,
  probed_at_ms integer not null,
  primary key (model_key, version)
) strict;
