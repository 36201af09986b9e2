-- What a calendar event last told its reader, so that the next mail can say what changed; null for
-- events written before this was kept.
alter table calendar_events add column known jsonb;
