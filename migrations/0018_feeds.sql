-- Everybody’s calendar feed: its address is derived, and raising this number revokes the one before.
alter table accounts
  add column feed_generation integer not null default 1,
  add constraint accounts_feed_generation_counts check (feed_generation >= 1);
create index calendar_events_by_attendee on calendar_events (attendee_address);
