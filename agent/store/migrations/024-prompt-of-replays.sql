-- SHA-256 of the prompt that the model was asked with; null: it was not asked, or before this was kept.
alter table route_replays add column prompt_hash text;
