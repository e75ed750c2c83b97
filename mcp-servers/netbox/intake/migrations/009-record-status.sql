-- The status of the record as it was last read back; null before HWLab kept it.
alter table items add column record_status text;
