-- What stood in our account of a calendar event before this mail was written. A mail nobody has
-- tried to send yet can so be undone and replaced by one that says what holds now.
alter table outbox add column event_before jsonb;
