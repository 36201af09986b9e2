-- A plan is a draft until it is published; a published one is never changed, only superseded.
create table plans (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  number integer not null,
  status text not null,
  -- Guests handled and their total, while the worker is busy.
  progress_done integer not null default 0,
  progress_total integer not null default 0,
  stats jsonb,
  -- What went into the computation, as a digest: a plan from other data is never published.
  input_hash text,
  failure text,
  created_by uuid,
  created_at timestamptz not null,
  computed_at timestamptz,
  published_at timestamptz,
  constraint plans_pk primary key (id),
  constraint plans_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint plans_of_day unique (day_id, id),
  constraint plans_number_once unique (day_id, number),
  constraint plans_failure_told check ((status = 'failed') = (failure is not null)),
  constraint plans_status_known check (status in ('computing', 'ready', 'failed', 'published', 'superseded'))
);
-- Only one plan of a day is in force.
create unique index plans_published_once on plans (day_id) where status = 'published';

-- The director's hand: this guest in this slot, or never there.
create table plan_pins (
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  slot_id uuid not null,
  kind text not null,
  set_by uuid,
  set_at timestamptz not null,
  constraint plan_pins_pk primary key (day_id, person_id, slot_id),
  constraint plan_pins_person_fk foreign key (region_id, person_id) references people (region_id, id),
  constraint plan_pins_slot_fk foreign key (day_id, slot_id) references slots (day_id, id) on delete cascade,
  constraint plan_pins_kind_known check (kind in ('pin', 'forbid'))
);
create unique index plan_pins_one_pin on plan_pins (day_id, person_id) where kind = 'pin';

create table plan_guests (
  plan_id uuid not null,
  day_id uuid not null,
  region_id uuid not null,
  person_id uuid not null,
  slot_id uuid,
  -- The rank of the wish met; null where the director placed somebody outside their wishes.
  rank integer,
  by_hand boolean not null default false,
  -- Why this, or why nothing: a closed reason and its numbers.
  reason text not null,
  numbers jsonb not null default '{}',
  constraint plan_guests_pk primary key (plan_id, person_id),
  constraint plan_guests_plan_fk foreign key (day_id, plan_id) references plans (day_id, id) on delete cascade,
  constraint plan_guests_person_fk foreign key (region_id, person_id) references people (region_id, id),
  constraint plan_guests_slot_fk foreign key (day_id, slot_id) references slots (day_id, id)
);
create index plan_guests_by_slot on plan_guests (plan_id, slot_id);

-- What holds after publication. A placement that stays keeps its id from one plan to the next.
create table placements (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  slot_id uuid not null,
  plan_id uuid not null,
  rank integer,
  reason text not null,
  numbers jsonb not null default '{}',
  status text not null,
  link_generation integer not null default 1,
  created_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text,
  constraint placements_pk primary key (id),
  constraint placements_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint placements_person_fk foreign key (region_id, person_id) references people (region_id, id),
  constraint placements_slot_fk foreign key (day_id, slot_id) references slots (day_id, id),
  constraint placements_plan_fk foreign key (day_id, plan_id) references plans (day_id, id),
  constraint placements_of_day unique (day_id, id),
  constraint placements_status_known check (status in ('active', 'ended')),
  constraint placements_end_told check (
    (status = 'ended') = (ended_at is not null) and (ended_at is null) = (ended_reason is null))
);
-- One placement per guest and day.
create unique index placements_one_per_day on placements (day_id, person_id) where status = 'active';
create index placements_by_slot on placements (slot_id) where status = 'active';
