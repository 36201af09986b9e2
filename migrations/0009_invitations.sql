-- What stands in somebody's calendar: a host's event belongs to the slot, a guest's to the placement.
create table calendar_events (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  slot_id uuid,
  placement_id uuid,
  -- Unguessable, without any address or row number; a new pairing takes a new one.
  uid text not null,
  sequence integer not null,
  status text not null,
  attendee_name text not null,
  attendee_address text not null,
  -- What the calendar shows, to know whether an update is owed: hours and place apart from the rest,
  -- because only they ask for an answer again.
  schedule_hash text not null,
  content_hash text not null,
  -- False while no mail about it can have arrived: then there is nothing to update or cancel.
  told boolean not null default true,
  -- The last mail was taken back before it left: nothing goes out until a director sends again.
  held text,
  stamped_at timestamptz not null,
  created_at timestamptz not null,
  constraint calendar_events_pk primary key (id),
  constraint calendar_events_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint calendar_events_slot_fk foreign key (day_id, slot_id) references slots (day_id, id),
  constraint calendar_events_placement_fk foreign key (day_id, placement_id) references placements (day_id, id),
  constraint calendar_events_one_subject check ((slot_id is null) <> (placement_id is null)),
  constraint calendar_events_uid_once unique (uid),
  constraint calendar_events_sequence_counts check (sequence >= 0),
  constraint calendar_events_status_known check (status in ('confirmed', 'cancelled')),
  constraint calendar_events_held_known check (held in ('REQUEST', 'CANCEL'))
);
create unique index calendar_events_slot_once on calendar_events (slot_id) where status = 'confirmed';
create unique index calendar_events_placement_once on calendar_events (placement_id) where status = 'confirmed';
create index calendar_events_by_day on calendar_events (day_id);
