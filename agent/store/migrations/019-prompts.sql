-- How an answer ended and which prompt was given, in words of agent/protocol.ts; null: before this was kept.
update messages set answered_by = json_set(answered_by, '$.finish', null, '$.prompt', null) where answered_by is not null;
alter table runs add column finish text;
-- SHA-256 of the prompt's file.
alter table runs add column prompt_hash text;
