create table tags (
  number integer primary key check (number > 0),
  tag text not null unique,
  item_id text not null unique,
  origin text not null check (origin in ('allocated', 'claimed')),
  given_at_ms integer not null
) strict;

create trigger tags_are_never_given_back before delete on tags
begin
  select raise(abort, 'a tag is given once, ever');
end;

create trigger tags_never_change_hands before update on tags
begin
  select raise(abort, 'a tag is given once, ever');
end;
