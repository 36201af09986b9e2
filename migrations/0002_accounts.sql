create table regions (
  id uuid not null,
  slug text not null,
  name text not null,
  time_zone text not null,
  created_at timestamptz not null,
  constraint regions_pk primary key (id),
  constraint regions_slug_once unique (slug),
  constraint regions_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint regions_name_given check (length(trim(name)) > 0)
);

create table accounts (
  id uuid not null,
  -- Kept in lower case by the service: mailboxes differ by case nowhere that matters here.
  email text not null,
  display_name text not null,
  language text not null,
  created_at timestamptz not null,
  constraint accounts_pk primary key (id),
  constraint accounts_email_once unique (email),
  constraint accounts_email_lower check (email = lower(email)),
  constraint accounts_language_known check (language in ('fr', 'en'))
);

-- What an account may do beyond being an employee of the roster.
create table grants (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  region_id uuid,
  site_id uuid,
  granted_by uuid,
  granted_at timestamptz not null,
  constraint grants_pk primary key (id),
  constraint grants_account_fk foreign key (account_id) references accounts (id) on delete cascade,
  constraint grants_region_fk foreign key (region_id) references regions (id),
  constraint grants_once unique nulls not distinct (account_id, kind, region_id, site_id),
  constraint grants_scope check (
    (kind = 'administrator' and region_id is null and site_id is null)
    or (kind = 'director' and region_id is not null and site_id is null)
    or (kind = 'coordinator' and region_id is not null and site_id is not null))
);
create index grants_by_region on grants (region_id, kind);

create table sign_in_links (
  id uuid not null,
  account_id uuid not null,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint sign_in_links_pk primary key (id),
  constraint sign_in_links_account_fk foreign key (account_id) references accounts (id) on delete cascade,
  constraint sign_in_links_token_once unique (token_hash)
);
create index sign_in_links_by_account on sign_in_links (account_id);

create table sessions (
  id uuid not null,
  account_id uuid not null,
  token_hash text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint sessions_pk primary key (id),
  constraint sessions_account_fk foreign key (account_id) references accounts (id) on delete cascade,
  constraint sessions_token_once unique (token_hash)
);
create index sessions_by_account on sessions (account_id);
