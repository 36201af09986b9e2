-- The yes or no of a host to a slot, of a guest to a placement, after publication.
create table confirmations (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  slot_id uuid,
  placement_id uuid,
  answer text not null,
  channel text not null,
  answered_at timestamptz not null,
  constraint confirmations_pk primary key (id),
  constraint confirmations_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint confirmations_slot_fk foreign key (day_id, slot_id) references slots (day_id, id),
  constraint confirmations_placement_fk foreign key (day_id, placement_id) references placements (day_id, id),
  constraint confirmations_one_subject check ((slot_id is null) <> (placement_id is null)),
  constraint confirmations_slot_once unique (slot_id),
  constraint confirmations_placement_once unique (placement_id),
  constraint confirmations_answer_known check (answer in ('yes', 'no')),
  constraint confirmations_channel_known check (channel in ('link', 'app', 'card'))
);
create index confirmations_by_day on confirmations (day_id);
