create table audit (
  id integer primary key autoincrement,
  at_ms integer not null,
  who text not null,
  channel text not null,
  what text not null,
  about text not null,
  details text not null,
  previous_hash text not null,
  hash text not null
) strict;

create index audit_by_about on audit (about, id);

create trigger audit_is_never_changed before update on audit
begin
  select raise(abort, 'audit rows are never changed');
end;

create trigger audit_is_never_shortened before delete on audit
begin
  select raise(abort, 'audit rows are never deleted');
end;
