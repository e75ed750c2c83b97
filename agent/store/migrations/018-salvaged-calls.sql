-- Tool calls of this answer that came as text or in a broken form, and that HWLab made good.
alter table route_decisions add column salvaged_calls integer not null default 0;
