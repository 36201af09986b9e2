-- The debrief of a day: one session, at one step at a time.
create table debriefs (
  day_id uuid not null,
  region_id uuid not null,
  -- Shown on the projector, typed or photographed by phones.
  code text not null,
  -- count: the vote is closed and nobody has seen its result yet.
  step text not null,
  hearts integer not null,
  -- Private key that signs rights to a ballot, sealed; gone with the ballots once they are counted.
  ballot_key text,
  -- How many ballots there were.
  ballots integer,
  constraint debriefs_pk primary key (day_id),
  constraint debriefs_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint debriefs_code_unique unique (code),
  constraint debriefs_code_form check (code ~ '^[0-9A-HJKMNP-TV-Z]{6}$'),
  constraint debriefs_step_known check (step in ('read', 'group', 'vote', 'count', 'decide', 'closed')),
  constraint debriefs_hearts_few check (hearts between 1 and 10),
  constraint debriefs_counted check (
    case when step in ('decide', 'closed') then ballot_key is null and ballots is not null
    else ballot_key is not null and ballots is null end)
);

-- What may go on the wall: named and anonymous ones come here in the same shuffled batches, without
-- an hour. Hidden until a director has read it.
create table debrief_cards (
  observation_id uuid not null,
  day_id uuid not null,
  shown boolean not null default false,
  constraint debrief_cards_pk primary key (observation_id),
  constraint debrief_cards_day_fk foreign key (day_id) references debriefs (day_id) on delete cascade,
  constraint debrief_cards_observation_fk foreign key (day_id, observation_id) references observations (day_id, id) on delete cascade
);
create index debrief_cards_by_day on debrief_cards (day_id, shown, observation_id);

-- Who was given a ballot: so that each has one. What was signed was blinded on the phone: no ballot can
-- be recognised by it, not even with every key of the installation. Emptied when votes are counted.
create table debrief_voters (
  day_id uuid not null,
  person_id uuid not null,
  region_id uuid not null,
  blinded_hash text not null,
  constraint debrief_voters_pk primary key (day_id, person_id),
  constraint debrief_voters_day_fk foreign key (day_id) references debriefs (day_id) on delete cascade,
  constraint debrief_voters_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade
);

-- Without voter, hour or order; ids are drawn on the phone. Emptied when votes are counted.
create table debrief_ballots (
  id uuid not null,
  day_id uuid not null,
  constraint debrief_ballots_pk primary key (id),
  constraint debrief_ballots_of_day unique (day_id, id),
  constraint debrief_ballots_day_fk foreign key (day_id) references debriefs (day_id) on delete cascade,
  constraint debrief_ballots_untimed check (uuid_extract_version(id) = 4)
);
-- A heart: one a finding and ballot. A finding with votes cannot be dissolved, only withdrawn.
create table debrief_votes (
  ballot_id uuid not null,
  finding_id uuid not null,
  day_id uuid not null,
  constraint debrief_votes_pk primary key (ballot_id, finding_id),
  constraint debrief_votes_ballot_fk foreign key (day_id, ballot_id) references debrief_ballots (day_id, id) on delete cascade,
  constraint debrief_votes_finding_fk foreign key (day_id, finding_id) references findings (day_id, id)
);
create index debrief_votes_by_finding on debrief_votes (day_id, finding_id);

-- What remains of the vote: hearts a finding.
create table debrief_results (
  day_id uuid not null,
  finding_id uuid not null,
  hearts integer not null,
  constraint debrief_results_pk primary key (day_id, finding_id),
  constraint debrief_results_day_fk foreign key (day_id) references debriefs (day_id) on delete cascade,
  constraint debrief_results_finding_fk foreign key (day_id, finding_id) references findings (day_id, id),
  constraint debrief_results_some check (hearts > 0)
);
