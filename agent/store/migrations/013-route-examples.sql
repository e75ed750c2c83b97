-- What a person taught: a question, and what it asks for.
create table route_examples (
  id text primary key,
  text text not null unique,
  task text not null,
  taught_at_ms integer not null
) strict;
-- too-weak: a person asked for a stronger model within two turns. wrong-task: a person said that it asks for something else.
alter table route_decisions add column misroute text check (misroute in ('too-weak', 'wrong-task'));
