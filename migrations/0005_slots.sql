create table slots (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  site_id uuid not null,
  role_id uuid not null,
  host_id uuid not null,
  period_id uuid not null,
  -- The period's times, or narrower ones, as instants: they feed the overlap rule and the calendar.
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity integer not null,
  no_calls boolean not null default false,
  accessible boolean not null default false,
  safety_equipment boolean not null default false,
  languages text[] not null default '{fr}',
  note text not null default '',
  status text not null,
  release text not null,
  -- A new number makes the links mailed before stop working.
  link_generation integer not null default 1,
  card_code_hash text,
  proposed_by uuid,
  created_at timestamptz not null,
  answered_at timestamptz,
  released_by uuid,
  released_at timestamptz,
  refused_reason text,
  closed_at timestamptz,
  closed_reason text,
  constraint slots_pk primary key (id),
  constraint slots_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint slots_period_fk foreign key (day_id, period_id) references periods (day_id, id),
  constraint slots_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint slots_role_fk foreign key (region_id, role_id) references roles (region_id, id),
  constraint slots_host_fk foreign key (region_id, host_id) references people (region_id, id),
  constraint slots_of_day unique (day_id, id),
  constraint slots_card_code_once unique (card_code_hash),
  constraint slots_capacity_sane check (capacity between 1 and 12),
  constraint slots_forward check (ends_at > starts_at),
  constraint slots_status_known check (status in ('proposed', 'accepted', 'paused', 'declined', 'closed')),
  constraint slots_release_known check (release in ('pending', 'released', 'refused')),
  -- A host cannot be in two places: whatever is not over for good keeps its hours to itself.
  constraint slots_host_not_twice exclude using gist (
    host_id with =, day_id with =, tstzrange(starts_at, ends_at) with &&)
    where (status in ('proposed', 'accepted', 'paused'))
);
create index slots_by_day on slots (day_id, status);
create index slots_by_site on slots (day_id, site_id, period_id);
create index slots_by_host on slots (host_id, day_id);

-- How many visitors a site can take in a period; no row means no limit beyond its slots.
create table site_caps (
  region_id uuid not null,
  day_id uuid not null,
  site_id uuid not null,
  period_id uuid not null,
  capacity integer not null,
  constraint site_caps_pk primary key (day_id, site_id, period_id),
  constraint site_caps_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint site_caps_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint site_caps_period_fk foreign key (day_id, period_id) references periods (day_id, id),
  constraint site_caps_sane check (capacity between 0 and 500)
);

-- How many visitors a site can take at the same moment; the caps of overlapping periods fit in it together.
create table site_limits (
  region_id uuid not null,
  day_id uuid not null,
  site_id uuid not null,
  visitors integer not null,
  constraint site_limits_pk primary key (day_id, site_id),
  constraint site_limits_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint site_limits_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint site_limits_sane check (visitors between 0 and 500)
);
