create table signups (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  status text not null,
  submitted_at timestamptz not null,
  cancelled_at timestamptz,
  constraint signups_pk primary key (id),
  constraint signups_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint signups_person_fk foreign key (region_id, person_id) references people (region_id, id),
  constraint signups_once unique (day_id, person_id),
  constraint signups_of_region unique (region_id, id),
  constraint signups_status_known check (status in ('active', 'cancelled'))
);

-- One wish stands for every slot it fits: null means « any ».
create table wishes (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  signup_id uuid not null,
  rank integer not null,
  role_id uuid,
  period_id uuid,
  place text not null,
  site_id uuid,
  radius_km integer,
  constraint wishes_pk primary key (id),
  constraint wishes_signup_fk foreign key (region_id, signup_id) references signups (region_id, id) on delete cascade,
  constraint wishes_role_fk foreign key (region_id, role_id) references roles (region_id, id),
  constraint wishes_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint wishes_period_fk foreign key (day_id, period_id) references periods (day_id, id),
  constraint wishes_rank_once unique (signup_id, rank),
  constraint wishes_rank_range check (rank between 1 and 5),
  constraint wishes_place_known check (place in ('any', 'town', 'near', 'site')),
  constraint wishes_place_whole check ((place = 'site') = (site_id is not null) and (place = 'near') = (radius_km is not null)),
  constraint wishes_not_twice unique nulls not distinct (signup_id, role_id, period_id, place, site_id, radius_km)
);

-- « No more mail about this day », one click, no account.
create table day_opt_outs (
  region_id uuid not null,
  day_id uuid not null,
  person_id uuid not null,
  opted_out_at timestamptz not null,
  constraint day_opt_outs_pk primary key (day_id, person_id),
  constraint day_opt_outs_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint day_opt_outs_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade
);
