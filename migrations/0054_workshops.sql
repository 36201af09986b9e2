-- A workshop is one course offered to people; a session is one hour of it; a seat is one person in one.
create table workshops (
  id uuid not null,
  region_id uuid not null,
  -- The name of a course that ships; such a name never changes.
  course text not null,
  title text not null,
  audience jsonb not null,
  status text not null default 'preparing',
  choose_until timestamptz,
  -- Rises with every change of a director: of two at once the second is told.
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  constraint workshops_pk primary key (id),
  constraint workshops_of_region unique (region_id, id),
  constraint workshops_region_fk foreign key (region_id) references regions (id),
  constraint workshops_account_fk foreign key (created_by) references accounts (id) on delete set null,
  constraint workshops_title_short check (length(title) between 2 and 80),
  constraint workshops_status_known check (status in ('preparing', 'choosing', 'seated', 'cancelled')),
  constraint workshops_choosing_ends check (status <> 'choosing' or choose_until is not null)
);

create table workshop_sessions (
  id uuid not null,
  workshop_id uuid not null,
  region_id uuid not null,
  site_id uuid,
  -- The room, or the whole address where it is at none of the region’s sites.
  place text not null,
  facilitator_id uuid not null,
  seats integer not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  language text not null,
  status text not null default 'planned',
  version integer not null default 1,
  -- Of the facilitator’s link; another facilitator has another one.
  link_generation integer not null default 1,
  constraint workshop_sessions_pk primary key (id),
  constraint workshop_sessions_of_workshop unique (workshop_id, id),
  constraint workshop_sessions_workshop_fk foreign key (region_id, workshop_id) references workshops (region_id, id) on delete cascade,
  constraint workshop_sessions_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint workshop_sessions_facilitator_fk foreign key (region_id, facilitator_id) references people (region_id, id),
  constraint workshop_sessions_place_short check (length(place) <= 120 and (site_id is not null or length(place) > 0)),
  constraint workshop_sessions_seats_few check (seats between 2 and 60),
  constraint workshop_sessions_forward check (ends_at > starts_at),
  constraint workshop_sessions_language_known check (language in ('fr', 'en', 'nl')),
  constraint workshop_sessions_status_known check (status in ('planned', 'cancelled'))
);
create index workshop_sessions_by_workshop on workshop_sessions (workshop_id);
create index workshop_sessions_by_facilitator on workshop_sessions (facilitator_id);

-- Who was asked, and what they said: up to three sessions, the dearest first, or « not this time ».
create table workshop_people (
  id uuid not null,
  workshop_id uuid not null,
  region_id uuid not null,
  person_id uuid not null,
  choices uuid[] not null default '{}',
  chosen_at timestamptz,
  declined boolean not null default false,
  link_generation integer not null default 1,
  constraint workshop_people_pk primary key (id),
  constraint workshop_people_once unique (workshop_id, person_id),
  constraint workshop_people_workshop_fk foreign key (region_id, workshop_id) references workshops (region_id, id) on delete cascade,
  constraint workshop_people_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade,
  constraint workshop_people_choices_few check (cardinality(choices) <= 3),
  constraint workshop_people_declined_chose_none check (not declined or cardinality(choices) = 0)
);
create index workshop_people_by_person on workshop_people (person_id);

-- Seats taken, held, waited for and given up: one table, so that one look says how full a session is.
create table workshop_seats (
  id uuid not null,
  workshop_id uuid not null,
  region_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  state text not null,
  -- Since when somebody waits, and when they lost a seat through no doing of their own.
  waiting_since timestamptz,
  lost_at timestamptz,
  offered_until timestamptz,
  -- Came unannounced: takes a chair, not one of the seats that were given.
  walk_in boolean not null default false,
  attended text,
  attended_by text,
  constraint workshop_seats_pk primary key (id),
  constraint workshop_seats_session_fk foreign key (workshop_id, session_id) references workshop_sessions (workshop_id, id) on delete cascade,
  constraint workshop_seats_person_fk foreign key (workshop_id, person_id) references workshop_people (workshop_id, person_id) on delete cascade,
  constraint workshop_seats_workshop_fk foreign key (region_id, workshop_id) references workshops (region_id, id) on delete cascade,
  constraint workshop_seats_state_known check (state in ('seated', 'waiting', 'offered', 'given-up')),
  constraint workshop_seats_offer_ends check ((state = 'offered') = (offered_until is not null)),
  constraint workshop_seats_wait_told check (state not in ('waiting', 'offered') or waiting_since is not null),
  constraint workshop_seats_attended_known check (attended in ('came', 'absent')),
  constraint workshop_seats_attended_by_known check (
    attended_by in ('code', 'person', 'facilitator', 'director')),
  constraint workshop_seats_attended_told check ((attended is null) = (attended_by is null)),
  constraint workshop_seats_attended_seated check (attended is null or state = 'seated'),
  constraint workshop_seats_walked_in check (not walk_in or state in ('seated', 'given-up'))
);
-- Nobody holds two seats of one workshop, nor waits twice for one session.
create unique index workshop_seats_one_each on workshop_seats (workshop_id, person_id)
  where state in ('seated', 'offered');
create unique index workshop_seats_once on workshop_seats (session_id, person_id)
  where state <> 'given-up';
create index workshop_seats_by_session on workshop_seats (session_id);
create index workshop_seats_by_person on workshop_seats (person_id);

-- The lock on the workshop sees to it already; the database refuses it as well. The session is held
-- while its seats are counted, so that of two who take the last one the second sees the first.
create function check_workshop_seats(checked uuid) returns void language plpgsql as $$
declare
  room integer;
begin
  select seats into room from workshop_sessions where id = checked for update;
  if (select count(*) from workshop_seats
      where session_id = checked and state in ('seated', 'offered') and not walk_in) > room
  then
    raise exception 'more people than seats'
      using errcode = 'check_violation', constraint = 'workshop_seats_not_twice';
  end if;
end $$;

create function check_workshop_seat() returns trigger language plpgsql as $$
begin
  perform check_workshop_seats(new.session_id);
  return null;
end $$;
create function check_workshop_room() returns trigger language plpgsql as $$
begin
  perform check_workshop_seats(new.id);
  return null;
end $$;

-- Only what takes a seat, or takes one away from a room, is looked at, once all is said.
create constraint trigger workshop_seats_taken after insert or update on workshop_seats
  deferrable initially deferred for each row
  when (new.state in ('seated', 'offered') and not new.walk_in) execute function check_workshop_seat();
create constraint trigger workshop_sessions_room after update of seats on workshop_sessions
  deferrable initially deferred for each row
  when (new.seats < old.seats) execute function check_workshop_room();
