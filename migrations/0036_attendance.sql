-- What somebody who was there says of a guest. Whom nobody looked for has no row: not seen is not absent.
create table attendances (
  placement_id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  said text not null,
  said_by text not null,
  said_at timestamptz not null,
  -- The host showed them the code, or said it: whatever is reported later, somebody received them.
  met_host boolean not null,
  -- What it replaced: two people who say opposite things both see that the other did.
  before text,
  before_by text,
  constraint attendances_pk primary key (placement_id),
  constraint attendances_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint attendances_placement_fk foreign key (day_id, placement_id) references placements (day_id, id),
  constraint attendances_said_known check (said in ('present', 'partly', 'absent')),
  constraint attendances_said_by_known check (
    said_by in ('code', 'guest', 'host', 'coordinator', 'director')),
  constraint attendances_before_known check (before in ('present', 'partly', 'absent')),
  constraint attendances_before_by_known check (
    before_by in ('code', 'guest', 'host', 'coordinator', 'director')),
  constraint attendances_before_told check ((before is null) = (before_by is null))
);

-- A host who did not come, for as long as it is so: the row goes when they do come, or a stand-in does.
create table host_absences (
  slot_id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  said_by text not null,
  said_at timestamptz not null,
  constraint host_absences_pk primary key (slot_id),
  constraint host_absences_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint host_absences_slot_fk foreign key (day_id, slot_id) references slots (day_id, id),
  constraint host_absences_said_by_known check (said_by in ('guest', 'coordinator', 'director'))
);
