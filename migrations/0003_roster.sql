create table sites (
  id uuid not null,
  region_id uuid not null,
  code text not null,
  kind text not null,
  name text not null,
  address text not null,
  postcode text not null,
  town text not null,
  latitude double precision,
  longitude double precision,
  updated_at timestamptz not null,
  constraint sites_pk primary key (id),
  constraint sites_region_fk foreign key (region_id) references regions (id),
  constraint sites_code_once unique (region_id, code),
  constraint sites_of_region unique (region_id, id),
  constraint sites_kind_known check (kind in ('plateau', 'boutique', 'intervention', 'bureaux')),
  constraint sites_place_whole check ((latitude is null) = (longitude is null)),
  constraint sites_latitude_on_earth check (latitude between -90 and 90),
  constraint sites_longitude_on_earth check (longitude between -180 and 180)
);

alter table grants add constraint grants_site_fk
  foreign key (region_id, site_id) references sites (region_id, id);

-- Roles to discover (« métiers »): the five everybody starts with, and a region's own.
create table roles (
  id uuid not null,
  region_id uuid not null,
  code text not null,
  name_fr text not null,
  name_en text not null,
  -- Three lines on what a morning there is like, and what to wear; shown on the card.
  teaser_fr text not null default '',
  teaser_en text not null default '',
  drawing text not null,
  site_kind text,
  position integer not null,
  archived_at timestamptz,
  constraint roles_pk primary key (id),
  constraint roles_region_fk foreign key (region_id) references regions (id),
  constraint roles_code_once unique (region_id, code),
  constraint roles_of_region unique (region_id, id),
  constraint roles_drawing_known check (drawing in ('headset', 'counter', 'van', 'callback', 'office', 'heart'))
);

create table people (
  id uuid not null,
  region_id uuid not null,
  site_id uuid not null,
  account_id uuid,
  employee_number text not null,
  last_name text not null,
  first_name text not null,
  email text,
  phone text,
  entity text not null,
  job_title text not null,
  -- The title without case, accents and stray spaces: « Vendeur » and "VENDEUR" are one.
  job_title_key text not null,
  updated_at timestamptz not null,
  constraint people_pk primary key (id),
  constraint people_region_fk foreign key (region_id) references regions (id),
  constraint people_site_fk foreign key (region_id, site_id) references sites (region_id, id),
  constraint people_account_fk foreign key (account_id) references accounts (id) on delete set null,
  constraint people_number_once unique (region_id, employee_number),
  constraint people_of_region unique (region_id, id),
  constraint people_email_lower check (email = lower(email))
);
create index people_by_site on people (site_id);
create index people_by_account on people (account_id);
create index people_by_job_title on people (region_id, job_title_key);

-- Which job titles of HR's files can host which role; without a role there is nobody to shadow.
create table job_title_roles (
  region_id uuid not null,
  job_title_key text not null,
  title text not null,
  role_id uuid,
  constraint job_title_roles_pk primary key (region_id, job_title_key),
  constraint job_title_roles_region_fk foreign key (region_id) references regions (id),
  constraint job_title_roles_role_fk foreign key (region_id, role_id) references roles (region_id, id)
);

-- An uploaded file waits here between the dry run and the commit, then its bytes go.
create table roster_imports (
  id uuid not null,
  region_id uuid not null,
  kind text not null,
  file_name text not null,
  content bytea,
  -- Set by hand: the sheet of a workbook, the line of the column names.
  sheet text,
  header_line integer,
  mapping jsonb not null,
  status text not null,
  counts jsonb,
  created_by uuid,
  created_at timestamptz not null,
  committed_at timestamptz,
  constraint roster_imports_pk primary key (id),
  constraint roster_imports_region_fk foreign key (region_id) references regions (id),
  constraint roster_imports_kind_known check (kind in ('sites', 'people')),
  constraint roster_imports_status_known check (status in ('draft', 'committed', 'expired')),
  -- HR's file is kept only while somebody looks at its dry run.
  constraint roster_imports_content_only_drafts check ((content is not null) = (status = 'draft'))
);
create index roster_imports_by_region on roster_imports (region_id, created_at);

create table roster_mappings (
  region_id uuid not null,
  kind text not null,
  header_signature text not null,
  mapping jsonb not null,
  updated_at timestamptz not null,
  constraint roster_mappings_pk primary key (region_id, kind, header_signature),
  constraint roster_mappings_region_fk foreign key (region_id) references regions (id)
);
