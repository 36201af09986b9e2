-- The slot or placement whose answer a mail asks for: answered before the mail leaves, it stays here.
alter table outbox add column asks_about uuid;
create index outbox_asking on outbox (asks_about) where asks_about is not null and status = 'waiting';
