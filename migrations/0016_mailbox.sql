-- Answers that come by mail: how far the mailbox is read, what was made of each mail, and what a
-- person must look at. The mails themselves stay in the mailbox and are never copied here.

create table mailbox_folders (
  -- Server, user and path of the folder.
  folder text not null,
  -- When the server numbers anew, all is read again (RFC 3501 2.3.1.1).
  uid_validity bigint not null,
  last_uid bigint not null,
  constraint mailbox_folders_pk primary key (folder)
);

-- Mails that could not be taken, until they are or a person must look.
create table mailbox_failures (
  folder text not null,
  uid bigint not null,
  tries integer not null,
  last_error text not null,
  tried_at timestamptz not null,
  constraint mailbox_failures_pk primary key (folder, uid)
);

-- The answer that counts for an event, with what orders it against later and earlier ones.
create table event_answers (
  event_id uuid not null,
  answer text not null,
  sequence integer not null,
  -- DTSTAMP of the reply; null where a person said it in words.
  stamped_at timestamptz,
  sent_at timestamptz not null,
  constraint event_answers_pk primary key (event_id),
  constraint event_answers_event_fk foreign key (event_id) references calendar_events (id) on delete cascade,
  constraint event_answers_answer_known check (answer in ('yes', 'no', 'maybe'))
);

-- Other addresses of somebody, as a director recognised them.
create table attendee_aliases (
  region_id uuid not null,
  person_id uuid not null,
  address text not null,
  added_by uuid not null,
  added_at timestamptz not null,
  constraint attendee_aliases_pk primary key (person_id, address),
  constraint attendee_aliases_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade
);

-- One row a mail. Its identity is a hash, kept so that no mail counts twice; what it says of
-- somebody is kept for what was answered, or while a person must look, and emptied after.
create table inbound_mails (
  id uuid not null,
  identity text not null,
  verdict text not null,
  -- Why it is held, or what it is that nobody need see.
  reason text,
  region_id uuid,
  day_id uuid,
  event_id uuid,
  -- The mail of ours that did not arrive.
  outbox_id uuid,
  answer text,
  from_address text,
  attendee_address text,
  comment text,
  proposed jsonb,
  sent_at timestamptz not null,
  received_at timestamptz not null,
  settled_how text,
  settled_by uuid,
  settled_at timestamptz,
  constraint inbound_mails_pk primary key (id),
  constraint inbound_mails_identity_once unique (identity),
  constraint inbound_mails_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint inbound_mails_event_fk foreign key (event_id) references calendar_events (id) on delete cascade,
  constraint inbound_mails_outbox_fk foreign key (outbox_id) references outbox (id) on delete set null,
  constraint inbound_mails_verdict_known check (
    verdict in ('apply', 'already', 'stale', 'held', 'bounce', 'ignored')),
  constraint inbound_mails_answer_known check (answer in ('yes', 'no', 'maybe')),
  constraint inbound_mails_settled_known check (
    settled_how in ('applied', 'dismissed', 'superseded', 'over')),
  constraint inbound_mails_settled_whole check ((settled_how is null) = (settled_at is null))
);
create index inbound_mails_held on inbound_mails (region_id) where verdict = 'held' and settled_how is null;
create index inbound_mails_by_event on inbound_mails (event_id, received_at);

-- When the server of the recipient, or one on the way, gave a mail back after taking it.
alter table outbox add column bounced_at timestamptz;

alter table confirmations drop constraint confirmations_answer_known;
alter table confirmations add constraint confirmations_answer_known check (answer in ('yes', 'no', 'maybe'));
alter table confirmations drop constraint confirmations_channel_known;
alter table confirmations add constraint confirmations_channel_known check (channel in ('link', 'app', 'card', 'mail'));
-- A « maybe » is asked about once more, and only once.
alter table confirmations add column nudged_at timestamptz;
