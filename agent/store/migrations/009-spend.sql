-- One call of a model. Money is in whole pico-dollars (10^-12 USD). day is the operator's calendar day, YYYY-MM-DD.
-- reserved: on its way. unsure: ended without its price; counts as reserved until the server tells it. settled: cost is final.
create table model_calls (
  id text primary key,
  at_ms integer not null,
  day text not null,
  query_id text not null,
  conversation_id text,
  place text not null check (place in ('local', 'cloud')),
  tier integer not null,
  model_key text not null,
  model_requested text not null,
  model_used text,
  generation_id text,
  state text not null check (state in ('reserved', 'unsure', 'settled')),
  reserved_pico_usd integer not null check (reserved_pico_usd >= 0),
  cost_pico_usd integer check (cost_pico_usd >= 0),
  cost_source text check (cost_source in ('usage', 'generation', 'estimate')),
  input_usd_per_million real,
  output_usd_per_million real,
  image_usd real,
  estimated_input_tokens integer not null,
  output_tokens_max integer,
  images integer not null,
  input_tokens integer,
  output_tokens integer,
  cached_tokens integer,
  reasoning_tokens integer,
  latency_ms integer,
  first_token_ms integer,
  outcome text,
  looks integer not null default 0,
  look_at_ms integer,
  check ((state = 'settled') = (cost_pico_usd is not null))
) strict;
create index model_calls_by_day on model_calls (day) where place = 'cloud';
create index model_calls_by_query on model_calls (query_id);
create index model_calls_open on model_calls (state) where state <> 'settled';

create table spend_caps (
  kind text primary key check (kind in ('query', 'day', 'month')),
  pico_usd integer not null check (pico_usd >= 0)
) strict, without rowid;

-- Every price that was seen, in order; the newest one of a model is in effect.
create table model_prices (
  position integer primary key autoincrement,
  model_key text not null,
  seen_at_ms integer not null,
  input_usd_per_million real not null,
  output_usd_per_million real not null,
  image_usd real not null
) strict;
create index model_prices_by_model on model_prices (model_key, position);

-- Models that a person lets answer although nobody says what they cost.
create table unpriced_models (
  model_key text primary key,
  allowed_at_ms integer not null
) strict, without rowid;
