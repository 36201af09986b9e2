-- What is told to a learning record store: which account began and finished which reminder, in which week.

-- Random, and used for nothing else: outside it stands for a person; once deleted it stands for nobody.
create table record_accounts (
  person_id uuid not null,
  account uuid not null,
  constraint record_accounts_pk primary key (person_id),
  constraint record_accounts_once unique (account),
  constraint record_accounts_person_fk foreign key (person_id) references people (id) on delete cascade,
  constraint record_accounts_untimed check (substr(account::text, 15, 1) = '4')
);

-- What the store has not taken yet; what it took is deleted here.
create table record_statements (
  id uuid not null,
  account uuid not null,
  verb text not null,
  programme_id uuid not null,
  reminder_id uuid not null,
  version integer not null,
  -- Monday of the week, where the region is.
  week_on date not null,
  -- What the store said when it refused this one.
  refused text,
  constraint record_statements_pk primary key (id),
  constraint record_statements_account_fk foreign key (account) references record_accounts (account) on delete cascade,
  constraint record_statements_verb_known check (verb in ('initialized', 'completed')),
  constraint record_statements_once unique (account, programme_id, reminder_id, verb),
  constraint record_statements_on_monday check (extract(isodow from week_on) = 1),
  -- A UUIDv7 would carry the time.
  constraint record_statements_untimed check (substr(id::text, 15, 1) = '4')
);

-- Since when the store takes nothing, and what it said; no row while it does.
create table record_trouble (
  single boolean not null default true,
  since timestamptz not null,
  said text not null,
  constraint record_trouble_pk primary key (single),
  constraint record_trouble_single check (single)
);
