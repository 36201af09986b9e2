-- A freed place held for somebody on the waiting list until they answer or the time is over.
create table seat_offers (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  slot_id uuid not null,
  person_id uuid not null,
  -- The rank of the wish it answers.
  rank integer not null,
  status text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- Why it was taken back by nobody's choice but the plan's.
  withdrawn_reason text,
  placement_id uuid,
  -- A new number makes the link mailed before stop working.
  link_generation integer not null default 1,
  constraint seat_offers_pk primary key (id),
  constraint seat_offers_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint seat_offers_person_fk foreign key (region_id, person_id) references people (region_id, id),
  constraint seat_offers_slot_fk foreign key (day_id, slot_id) references slots (day_id, id),
  constraint seat_offers_placement_fk foreign key (day_id, placement_id) references placements (day_id, id),
  constraint seat_offers_placement_once unique (placement_id),
  constraint seat_offers_forward check (expires_at > made_at),
  constraint seat_offers_status_known check (
    status in ('pending', 'accepted', 'declined', 'expired', 'withdrawn')),
  constraint seat_offers_end_told check ((status = 'pending') = (ended_at is null)),
  constraint seat_offers_acceptance_told check ((status = 'accepted') = (placement_id is not null)),
  constraint seat_offers_withdrawal_told check (
    (status = 'withdrawn') = (withdrawn_reason is not null))
);
-- One answer is asked of somebody at a time.
create unique index seat_offers_one_pending on seat_offers (day_id, person_id) where status = 'pending';
create index seat_offers_by_slot on seat_offers (slot_id) where status = 'pending';
create index seat_offers_by_day on seat_offers (day_id, made_at);

-- What the lock on the day already sees to, held by the database as well: nobody has a place and an
-- offer, and places given and places offered together never exceed what a slot has.
create function check_seats() returns trigger language plpgsql as $$
begin
  if exists (
    select from placements join seat_offers using (day_id, person_id)
    where placements.day_id = new.day_id and placements.person_id = new.person_id
      and placements.status = 'active' and seat_offers.status = 'pending'
  ) then
    raise exception 'somebody has a place and an offer'
      using errcode = 'check_violation', constraint = 'seats_one_each';
  end if;
  if (select count(*) from placements where slot_id = new.slot_id and status = 'active')
    + (select count(*) from seat_offers where slot_id = new.slot_id and status = 'pending')
    > (select capacity from slots where id = new.slot_id)
  then
    raise exception 'more people than places'
      using errcode = 'check_violation', constraint = 'seats_not_twice';
  end if;
  return null;
end $$;

-- Only what takes a seat is looked at, once the transaction has said all it wants.
create constraint trigger placements_seats after insert on placements
  deferrable initially deferred for each row execute function check_seats();
create constraint trigger seat_offers_seats after insert on seat_offers
  deferrable initially deferred for each row execute function check_seats();
