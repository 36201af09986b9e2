-- An answer also keeps a mail that asks for it, and is under way at that instant, from a next try.
drop index outbox_asking;
create index outbox_asking on outbox (asks_about)
  where asks_about is not null and status in ('waiting', 'sending');
