-- named: by a person, so nothing renames it. pinned: above the others and never summarised.
alter table conversations add column named_at_ms integer;
alter table conversations add column pinned_at_ms integer;

-- Words are found anywhere, in the middle of a serial number as well: hence trigrams.
create virtual table title_search using fts5 (
  title, conversation_id unindexed, tokenize = 'trigram remove_diacritics 1');
-- The rowid is the message's position.
create virtual table message_search using fts5 (text, tokenize = 'trigram remove_diacritics 1');

create view message_texts as
  select position, (
    select group_concat(value ->> 'text', char(10)) from json_each(parts) where value ->> 'kind' in ('text', 'summary')
  ) as text from messages;

insert into title_search (title, conversation_id) select title, id from conversations;
insert into message_search (rowid, text) select position, text from message_texts where text <> '';

create trigger title_search_insert after insert on conversations begin
  insert into title_search (title, conversation_id) values (new.title, new.id);
end;
create trigger title_search_update after update of title on conversations begin
  update title_search set title = new.title where conversation_id = new.id;
end;
create trigger title_search_delete after delete on conversations begin
  delete from title_search where conversation_id = old.id;
end;
create trigger message_search_insert after insert on messages begin
  insert into message_search (rowid, text) select position, text from message_texts where position = new.position and text <> '';
end;
create trigger message_search_update after update of parts on messages begin
  delete from message_search where rowid = old.position;
  insert into message_search (rowid, text) select position, text from message_texts where position = new.position and text <> '';
end;
create trigger message_search_delete after delete on messages begin
  delete from message_search where rowid = old.position;
end;
