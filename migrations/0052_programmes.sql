-- The months after: who gets which reminder when. When is derived from what stands here, never stored.
create table programmes (
  id uuid not null,
  region_id uuid not null,
  name text not null,
  audience jsonb not null,
  counted text not null,
  -- Where months are counted from a date; late joiners count from the day they join.
  starts_on date,
  months_between integer not null,
  status text not null default 'draft',
  -- The last day, where the region is, on which new people were looked for.
  gathered_on date,
  -- Rises with every change: of two directors at once the second is told.
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  constraint programmes_pk primary key (id),
  constraint programmes_of_region unique (region_id, id),
  constraint programmes_region_fk foreign key (region_id) references regions (id),
  constraint programmes_account_fk foreign key (created_by) references accounts (id) on delete set null,
  constraint programmes_name_short check (length(name) between 2 and 80),
  constraint programmes_counted_known check (counted in ('workshop', 'date')),
  constraint programmes_start_where_counted check ((counted = 'date') = (starts_on is not null)),
  constraint programmes_months_few check (months_between between 1 and 3),
  constraint programmes_status_known check (status in ('draft', 'running', 'ended'))
);

-- The version that is told stays the one chosen here, whatever is written later.
create table programme_steps (
  programme_id uuid not null,
  region_id uuid not null,
  position integer not null,
  reminder_id uuid not null,
  version integer not null,
  constraint programme_steps_pk primary key (programme_id, position),
  constraint programme_steps_programme_fk foreign key (region_id, programme_id) references programmes (region_id, id) on delete cascade,
  constraint programme_steps_reminder_fk foreign key (region_id, reminder_id) references reminder_stories (region_id, id),
  constraint programme_steps_version_fk foreign key (reminder_id, version) references reminder_versions (reminder_id, version),
  constraint programme_steps_once unique (programme_id, reminder_id),
  constraint programme_steps_counted check (position between 1 and 12)
);

create table programme_people (
  id uuid not null,
  programme_id uuid not null,
  region_id uuid not null,
  person_id uuid not null,
  joined_on date not null,
  -- Their own workshop, where months are counted from it; null until they have been there.
  workshop_on date,
  stopped_on date,
  link_generation integer not null default 1,
  constraint programme_people_pk primary key (id),
  constraint programme_people_once unique (programme_id, person_id),
  constraint programme_people_programme_fk foreign key (region_id, programme_id) references programmes (region_id, id) on delete cascade,
  constraint programme_people_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade
);
create index programme_people_by_person on programme_people (person_id);

-- From the first day on, until the first day after; of one person, or of everybody.
create table programme_pauses (
  id uuid not null,
  programme_id uuid not null,
  member_id uuid,
  from_on date not null,
  until_on date,
  -- Taken by the person: nobody else is shown it.
  own boolean not null,
  constraint programme_pauses_pk primary key (id),
  constraint programme_pauses_programme_fk foreign key (programme_id) references programmes (id) on delete cascade,
  constraint programme_pauses_member_fk foreign key (member_id) references programme_people (id) on delete cascade,
  constraint programme_pauses_forward check (until_on > from_on),
  -- Asked for twice at once, it is one.
  constraint programme_pauses_once unique nulls not distinct (programme_id, member_id, own, from_on, until_on)
);
create index programme_pauses_by_member on programme_pauses (member_id);
create index programme_pauses_of_all on programme_pauses (programme_id) where member_id is null;

-- What left, on which day. A row is written with its mail or not at all, and never twice: whatever
-- crashes, whoever else sends, that makes it once.
create table programme_mails (
  id uuid not null,
  member_id uuid not null,
  position integer not null,
  kind text not null,
  sent_on date not null,
  -- Only whether, never when: so that nobody who has finished is reminded.
  finished boolean not null default false,
  -- From when on the mission may be asked about; emptied by asking.
  ask_on date,
  constraint programme_mails_pk primary key (id),
  constraint programme_mails_once unique (member_id, position, kind),
  constraint programme_mails_member_fk foreign key (member_id) references programme_people (id) on delete cascade,
  constraint programme_mails_kind_known check (kind in ('reminder', 'nudge', 'question')),
  constraint programme_mails_finish_reminders check (kind = 'reminder' or not finished),
  constraint programme_mails_ask_finished check (ask_on is null or finished)
);
