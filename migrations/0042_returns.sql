-- What named observers were last told about an action that answers what they saw. Anonymous ones have
-- no row: they look for themselves, by their secret.
create table action_returns (
  person_id uuid not null,
  action_id uuid not null,
  region_id uuid not null,
  status text not null,
  constraint action_returns_pk primary key (person_id, action_id),
  constraint action_returns_person_fk foreign key (region_id, person_id) references people (region_id, id) on delete cascade,
  constraint action_returns_action_fk foreign key (region_id, action_id) references actions (region_id, id) on delete cascade,
  constraint action_returns_status_known check (status in ('under-way', 'done', 'declined'))
);
