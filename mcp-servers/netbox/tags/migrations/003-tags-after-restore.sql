-- 1 in a restored database until the inventory has said which tags were given since the backup.
alter table tag_sequence add column must_look integer not null default 0 check (must_look in (0, 1));
