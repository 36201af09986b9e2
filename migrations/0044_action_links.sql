-- The link in an owner's mails: about one day, for as long as it is used. Each mail puts its end off;
-- « ce n'est pas moi », or a director who takes everything back, raises the generation, which ends all
-- links mailed before.
create table action_links (
  invitee_id uuid not null,
  generation integer not null default 1,
  expires_at timestamptz not null,
  constraint action_links_pk primary key (invitee_id),
  constraint action_links_invitee_fk foreign key (invitee_id) references day_invitees (id) on delete cascade,
  constraint action_links_generation_counts check (generation >= 1)
);

-- Links already mailed keep working as long as if they had been mailed today.
insert into action_links (invitee_id, expires_at)
  select i.id, now() + interval '8 weeks' from day_invitees i
  where exists (select from actions a where a.day_id = i.day_id and a.told_owner_id = i.person_id);

-- Whoever holds a mail can answer by it: what was said that way is told apart.
alter table action_notes add column by_link boolean not null default false;
