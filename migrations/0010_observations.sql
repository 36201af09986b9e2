-- Anonymous observations have no author, no slot, no time and no order: their ids are UUIDv4 made
-- by the author's device, and they come here from the intake in shuffled batches, each batch in one
-- statement. A dump therefore shows neither who nor when; the hidden xmin and the physical order of
-- rows tell the batch, never the order within it.
create table observations (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  role_id uuid not null,
  irritant_id uuid not null,
  -- Anonymous: only where at least five people took part in this role at this site.
  site_id uuid,
  moment text not null,
  frequency integer not null,
  severity integer not null,
  situation text not null default '',
  idea text not null default '',
  anonymous boolean not null,
  -- Named only.
  author_id uuid,
  observed_at timestamptz,
  -- Anonymous only: lets its author, and nobody else, follow or withdraw it.
  secret_hash text,
  -- A withdrawn row stays, emptied, so that a late retry does not bring it back.
  withdrawn boolean not null default false,
  constraint observations_pk primary key (id),
  constraint observations_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint observations_role_fk foreign key (region_id, role_id) references roles (region_id, id),
  constraint observations_irritant_fk foreign key (region_id, irritant_id) references irritants (region_id, id),
  constraint observations_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint observations_author_fk foreign key (region_id, author_id) references people (region_id, id),
  constraint observations_moment_known check (moment in ('discover', 'buy', 'install', 'use', 'pay', 'get-help', 'leave')),
  constraint observations_frequency_range check (frequency between 1 and 5),
  constraint observations_severity_range check (severity between 1 and 5),
  constraint observations_situation_short check (length(situation) <= 1000),
  constraint observations_idea_short check (length(idea) <= 1000),
  constraint observations_anonymous_has_no_author check (
    case when anonymous then author_id is null and observed_at is null and secret_hash is not null
    else author_id is not null and observed_at is not null and secret_hash is null end),
  -- A UUIDv7 would carry the time of writing.
  constraint observations_anonymous_untimed check (not anonymous or uuid_extract_version(id) = 4),
  constraint observations_withdrawn_emptied check (
    not withdrawn or (situation = '' and idea = '' and site_id is null))
);
-- The heat map reads nothing but this index.
create index observations_by_cell on observations (day_id, irritant_id, role_id)
  include (frequency, severity) where not withdrawn;
create index observations_by_author on observations (author_id, day_id) where author_id is not null;

-- Where an anonymous observation waits a random while. Holds no time of arrival, only of release,
-- on a mark of the clock it shares with others. While it waits, the physical order of these rows is
-- that of arrival: that is why nobody's name, slot or session is written beside them.
create table observation_intake (
  id uuid not null,
  day_id uuid not null,
  payload jsonb not null,
  release_at timestamptz not null,
  constraint observation_intake_pk primary key (id),
  constraint observation_intake_day_fk foreign key (day_id) references days (id) on delete cascade,
  constraint observation_intake_untimed check (uuid_extract_version(id) = 4)
);
create index observation_intake_due on observation_intake (release_at);
