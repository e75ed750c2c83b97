create table tag_sequence (
  one integer primary key check (one = 1),
  last_number integer not null check (last_number >= 0)
) strict;

insert into tag_sequence (one, last_number) values (1, 0);
