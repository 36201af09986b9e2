-- What became of each wish of a guest, best first: its outcome and its numbers.
alter table plan_guests add column wishes jsonb not null default '[]';
