-- What the region does about what was seen, or why it does not.
create table actions (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  title text not null,
  -- Null: nobody carries it, or whoever did left the roster. The director is told so.
  owner_id uuid,
  -- Whom a mail last told that it is theirs.
  told_owner_id uuid,
  -- By when a decision is due, where the day took place.
  due_on date,
  status text not null default 'to-decide',
  -- « Non, parce que »: a no without a reason is not an answer.
  reason text,
  -- When it was decided; null while it waits.
  decided_at timestamptz,
  measure_name text,
  measure_unit text,
  measure_before double precision,
  measure_before_on date,
  measure_after double precision,
  measure_after_on date,
  -- Rises with every change: of two people at once the second is told.
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint actions_pk primary key (id),
  constraint actions_of_day unique (day_id, id),
  constraint actions_of_region unique (region_id, id),
  constraint actions_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  -- Whoever leaves takes nothing along: the action stays, for somebody else.
  constraint actions_owner_fk foreign key (region_id, owner_id) references people (region_id, id) on delete set null (owner_id),
  constraint actions_account_fk foreign key (created_by) references accounts (id) on delete set null,
  constraint actions_title_short check (length(title) between 3 and 160),
  constraint actions_status_known check (status in ('to-decide', 'under-way', 'done', 'declined')),
  constraint actions_reason_told check ((status = 'declined') = (reason is not null)),
  constraint actions_reason_short check (length(reason) between 3 and 1000),
  constraint actions_decision_dated check ((status = 'to-decide') = (decided_at is null)),
  constraint actions_measure_named check (
    case when measure_name is null
    then measure_unit is null and measure_before is null and measure_after is null
    else measure_unit is not null end),
  constraint actions_before_dated check ((measure_before is null) = (measure_before_on is null)),
  constraint actions_after_dated check ((measure_after is null) = (measure_after_on is null))
);
create index actions_by_owner on actions (owner_id) where owner_id is not null;

-- Why: the findings an action answers. One that is answered can be withdrawn, not dissolved.
create table action_findings (
  action_id uuid not null,
  day_id uuid not null,
  finding_id uuid not null,
  constraint action_findings_pk primary key (action_id, finding_id),
  constraint action_findings_action_fk foreign key (day_id, action_id) references actions (day_id, id) on delete cascade,
  constraint action_findings_finding_fk foreign key (day_id, finding_id) references findings (day_id, id)
);
create index action_findings_by_finding on action_findings (day_id, finding_id);

-- What was said on the way, by its owner or by a director, with the status it was said with.
create table action_notes (
  id uuid not null,
  action_id uuid not null,
  region_id uuid not null,
  status text not null,
  words text not null default '',
  person_id uuid,
  account_id uuid,
  written_at timestamptz not null,
  constraint action_notes_pk primary key (id),
  constraint action_notes_action_fk foreign key (region_id, action_id) references actions (region_id, id) on delete cascade,
  constraint action_notes_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete set null (person_id),
  constraint action_notes_account_fk foreign key (account_id) references accounts (id) on delete set null,
  constraint action_notes_status_known check (status in ('to-decide', 'under-way', 'done', 'declined')),
  constraint action_notes_words_short check (length(words) <= 1000)
);
create index action_notes_by_action on action_notes (action_id, written_at);

-- What is open, once a week: the key lets no second process, and no second try after a crash, tell it again.
create table action_summaries (
  person_id uuid not null,
  day_id uuid not null,
  region_id uuid not null,
  -- The Monday of that week, where the day took place.
  week date not null,
  constraint action_summaries_pk primary key (person_id, day_id, week),
  constraint action_summaries_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint action_summaries_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade
);
