-- Lookups made by older rules are made again at the next start.
create table embedded_index (version integer not null) strict;

insert into embedded_index (version) values (0);

create index embedded_objects_by_age on embedded_objects (model, created);
