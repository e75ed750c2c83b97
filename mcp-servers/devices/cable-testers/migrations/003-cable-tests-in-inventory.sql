create table cable_tests_in_inventory (
  test_id text primary key,
  cable text,
  change_id text,
  noted_place text
) strict;

create index cable_tests_in_inventory_change on cable_tests_in_inventory (change_id);
