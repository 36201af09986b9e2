-- A host asks one colleague to host in their place. Until the colleague says yes, nothing changes.
create table handovers (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  slot_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  status text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  -- A new number makes the link mailed before stop working.
  link_generation integer not null default 1,
  constraint handovers_pk primary key (id),
  constraint handovers_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint handovers_slot_fk foreign key (day_id, slot_id) references slots (day_id, id),
  constraint handovers_from_fk foreign key (region_id, from_id) references people (region_id, id),
  constraint handovers_to_fk foreign key (region_id, to_id) references people (region_id, id),
  constraint handovers_to_another check (from_id <> to_id),
  constraint handovers_forward check (expires_at > asked_at),
  constraint handovers_status_known check (
    status in ('pending', 'accepted', 'declined', 'expired', 'withdrawn')),
  constraint handovers_end_told check ((status = 'pending') = (ended_at is null))
);
-- One colleague is asked at a time.
create unique index handovers_one_pending on handovers (slot_id) where status = 'pending';
create index handovers_by_slot on handovers (slot_id, asked_at);

-- Nobody is volunteered by somebody else: a slot takes another host only with that host’s own yes.
create function check_host() returns trigger language plpgsql as $$
begin
  if not exists (
    select from handovers
    where slot_id = new.id and from_id = old.host_id and to_id = new.host_id and status = 'accepted'
  ) then
    raise exception 'a slot changes its host without a yes'
      using errcode = 'check_violation', constraint = 'slots_host_agreed';
  end if;
  return null;
end $$;

create constraint trigger slots_host_agreed after update of host_id on slots
  deferrable initially deferred for each row
  when (old.host_id <> new.host_id) execute function check_host();
