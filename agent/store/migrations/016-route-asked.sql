-- JSON: which small model was asked what the message asks for, by which prompt, and what it said. Null: none was asked.
alter table route_decisions add column asked text;
