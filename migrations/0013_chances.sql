-- When somebody signed up first: submitted_at moves with every change of their wishes.
alter table signups add column signed_up_at timestamptz;
update signups set signed_up_at = submitted_at;
alter table signups alter column signed_up_at set not null;

-- The last estimate of a day: how long it took and what it was made from, as a digest.
create table chance_runs (
  region_id uuid not null,
  day_id uuid not null,
  input_hash text not null,
  milliseconds integer not null,
  computed_at timestamptz not null,
  constraint chance_runs_pk primary key (day_id),
  constraint chance_runs_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade
);

-- Chances of one hand: the one handed in ('sent'), or one being put together ('held'), which is
-- forgotten two hours after its page was last looked at.
create table hand_chances (
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  kind text not null,
  hand jsonb not null,
  asked_at timestamptz not null,
  -- In how many of the samples each wish was granted, and what that was computed from.
  times jsonb,
  samples integer,
  signed_up integer,
  expected integer,
  computed_at timestamptz,
  constraint hand_chances_pk primary key (day_id, person_id, kind),
  constraint hand_chances_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint hand_chances_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade,
  constraint hand_chances_kind_known check (kind in ('sent', 'held')),
  constraint hand_chances_whole check (
    num_nulls(times, samples, signed_up, expected, computed_at) in (0, 5))
);
create index hand_chances_held on hand_chances (asked_at) where kind = 'held';
