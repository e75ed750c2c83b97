-- What comes after an operation of which a request may still be carried out late waits for it.
create index outbox_operations_late on outbox_operations (subject, position) where sweep_at_ms is not null;
