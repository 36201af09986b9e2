-- What annoys customers; a region adds its own.
create table irritants (
  id uuid not null,
  region_id uuid not null,
  code text not null,
  name_fr text not null,
  name_en text not null,
  position integer not null,
  archived_at timestamptz,
  constraint irritants_pk primary key (id),
  constraint irritants_region_fk foreign key (region_id) references regions (id),
  constraint irritants_code_once unique (region_id, code),
  constraint irritants_of_region unique (region_id, id)
);

create table days (
  id uuid not null,
  region_id uuid not null,
  name text not null,
  date date not null,
  -- Copied from the region: a day keeps the zone it was planned in.
  time_zone text not null,
  offers_close_at timestamptz not null,
  sign_up_closes_at timestamptz not null,
  confirm_until timestamptz not null,
  -- Where true, a coordinator must release each host before the slot can be given.
  release_required boolean not null default true,
  -- How many guests the director counts on: what coverage is measured against before sign-up.
  expected_guests integer,
  sign_up_opened_at timestamptz,
  sign_up_closed_at timestamptz,
  published_at timestamptz,
  cancelled_at timestamptz,
  created_by uuid,
  created_at timestamptz not null,
  constraint days_pk primary key (id),
  constraint days_region_fk foreign key (region_id) references regions (id),
  constraint days_of_region unique (region_id, id),
  constraint days_expected_guests_sane check (expected_guests between 1 and 20000),
  constraint days_name_given check (length(trim(name)) > 0),
  constraint days_closed_after_opened check (sign_up_closed_at is null or sign_up_opened_at is not null)
);
create index days_by_region on days (region_id, date);

create table periods (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  code text not null,
  name_fr text not null,
  name_en text not null,
  starts_at time not null,
  ends_at time not null,
  position integer not null,
  constraint periods_pk primary key (id),
  constraint periods_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint periods_of_day unique (day_id, id),
  constraint periods_code_once unique (day_id, code),
  constraint periods_forward check (ends_at > starts_at)
);

create table day_focus_irritants (
  region_id uuid not null,
  day_id uuid not null,
  irritant_id uuid not null,
  constraint day_focus_irritants_pk primary key (day_id, irritant_id),
  constraint day_focus_irritants_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint day_focus_irritants_irritant_fk foreign key (region_id, irritant_id) references irritants (region_id, id)
);

-- Whom a day has written to; its id is what the way out of that mail is derived from.
create table day_invitees (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  invited_at timestamptz not null,
  constraint day_invitees_pk primary key (id),
  constraint day_invitees_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint day_invitees_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade,
  constraint day_invitees_once unique (day_id, person_id)
);
