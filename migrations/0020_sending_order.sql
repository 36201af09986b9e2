-- The order in which mails leave, so that the next one is found without looking at all that wait.
drop index outbox_due;
create index outbox_due on outbox (release_at, written) where status in ('waiting', 'sending');
-- What a mail may be behind of: without it every claim looks at all mails about its event.
create index outbox_open_by_event on outbox (event_id, written) where status in ('waiting', 'sending');
