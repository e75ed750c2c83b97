-- Some models charge for every call, however short.
alter table model_prices add column request_usd real not null default 0;
alter table model_calls add column request_usd real;
