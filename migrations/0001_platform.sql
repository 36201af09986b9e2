-- What knows no feature: the outbox, the audit trail, idempotency records, counters of attempts.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- One batch per « send to all of these people »: shown, confirmed, followed, stopped as a whole.
create table outbox_batches (
  id uuid not null,
  region_id uuid not null,
  day_id uuid,
  purpose text not null,
  created_by uuid,
  created_at timestamptz not null,
  stopped_at timestamptz,
  constraint outbox_batches_pk primary key (id)
);
create index outbox_batches_by_day on outbox_batches (day_id, created_at);

-- Mail is a row before it is a message: written with the change it tells of, sent once by a job.
-- Bodies hold placeholders where private links go; the links exist only in the message sent.
create table outbox (
  id uuid not null,
  -- The order in which mails were written, whatever the clocks of two processes say.
  written bigint generated always as identity,
  batch_id uuid,
  region_id uuid,
  day_id uuid,
  purpose text not null,
  -- Mails about the same calendar event leave in the order they were written.
  event_id uuid,
  to_address text not null,
  to_name text not null,
  language text not null,
  from_name text,
  subject text not null,
  text_body text not null,
  html_body text not null,
  calendar_method text,
  calendar_body text,
  unsubscribe text,
  message_id text not null,
  status text not null,
  release_at timestamptz not null,
  attempts integer not null default 0,
  claimed_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint outbox_pk primary key (id),
  constraint outbox_message_id_once unique (message_id),
  constraint outbox_batch_fk foreign key (batch_id) references outbox_batches (id),
  constraint outbox_language_known check (language in ('fr', 'en')),
  constraint outbox_status_known check (status in ('waiting', 'sending', 'sent', 'failed', 'stopped')),
  constraint outbox_calendar_whole check ((calendar_method is null) = (calendar_body is null)),
  constraint outbox_calendar_method_known check (calendar_method in ('REQUEST', 'CANCEL'))
);
create index outbox_due on outbox (release_at, id) where status in ('waiting', 'sending');
create index outbox_by_batch on outbox (batch_id, status);
create index outbox_by_day on outbox (day_id, written);
create index outbox_by_event on outbox (event_id, written);

create table audit_events (
  id uuid not null,
  region_id uuid,
  account_id uuid,
  action text not null,
  subject_id uuid,
  details jsonb not null default '{}',
  happened_at timestamptz not null,
  constraint audit_events_pk primary key (id)
);
create index audit_events_by_region on audit_events (region_id, happened_at);

-- What a write answered, so that a retry of the same request is answered alike.
create table idempotency_records (
  account_id uuid not null,
  key text not null,
  request_hash text not null,
  status integer,
  body text,
  created_at timestamptz not null,
  constraint idempotency_records_pk primary key (account_id, key)
);
create index idempotency_records_by_age on idempotency_records (created_at);

-- Counted per purpose and keyed hash of an address, a caller or a code; never the thing itself.
create table attempts (
  purpose text not null,
  subject_hash text not null,
  attempted_at timestamptz not null
);
create index attempts_by_subject on attempts (purpose, subject_hash, attempted_at);
create index attempts_by_age on attempts (attempted_at);
