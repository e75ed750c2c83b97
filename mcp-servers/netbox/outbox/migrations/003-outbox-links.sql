create index outbox_needs_needed on outbox_needs (needs_id);
create index outbox_touches_operation on outbox_touches (operation_id);
-- Of operations that a later one has taken in.
delete from outbox_touches where operation_id in (select id from outbox_operations where state = 'superseded');
