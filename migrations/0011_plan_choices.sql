-- A draft has the director's name for it, an aim, and the draft its changes are told against.
alter table plans
  add column name text not null default '',
  add column objective text not null default 'fair',
  add column basis_id uuid,
  -- False for what a choice by hand computes by itself: it makes way for the next one.
  add column kept boolean not null default true,
  -- A discarded draft keeps its number and its totals, and forgets who sat where.
  add column discarded_at timestamptz,
  -- The last sign of life of the process that computes.
  add column alive_at timestamptz,
  add constraint plans_name_short check (char_length(name) <= 60),
  add constraint plans_objective_known check (objective in ('fair', 'rank-maximal', 'fewest-moves')),
  add constraint plans_basis_fk foreign key (day_id, basis_id) references plans (day_id, id);

-- The director's choices by hand in their order, so that the last one can be taken back.
create table plan_choices (
  id uuid not null,
  -- Hours can tie; the order in which they were written cannot.
  turn bigint generated always as identity,
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  slot_id uuid not null,
  -- What was said of this guest and slot before and after; null is nothing.
  former text,
  kind text,
  -- Where the guest was kept before, when this choice took the place of that one.
  former_slot_id uuid,
  made_by uuid,
  made_at timestamptz not null,
  constraint plan_choices_pk primary key (id),
  constraint plan_choices_person_fk foreign key (region_id, person_id) references people (region_id, id),
  constraint plan_choices_slot_fk foreign key (day_id, slot_id) references slots (day_id, id) on delete cascade,
  constraint plan_choices_former_slot_fk foreign key (day_id, former_slot_id) references slots (day_id, id) on delete cascade,
  constraint plan_choices_former_known check (former in ('pin', 'forbid')),
  constraint plan_choices_kind_known check (kind in ('pin', 'forbid'))
);
create index plan_choices_of_day on plan_choices (day_id, turn);
