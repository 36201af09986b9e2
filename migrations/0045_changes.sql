-- The page on which a region reads what was seen and decided, opened to whoever holds its link: for
-- those who never sign in, and for a screen in the canteen.
create table change_links (
  region_id uuid not null,
  day_id uuid not null,
  -- Raised each time the page is shared anew: links of an earlier one lead nowhere.
  generation integer not null default 1,
  -- False once a director took the link back.
  shared boolean not null default true,
  constraint change_links_pk primary key (day_id),
  constraint change_links_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint change_links_generation_counts check (generation >= 1)
);

-- What is quoted on it, chosen one by one: the words as everybody reads them, names masked before.
create table change_quotes (
  region_id uuid not null,
  day_id uuid not null,
  observation_id uuid not null,
  part text not null,
  words text not null,
  constraint change_quotes_pk primary key (observation_id, part),
  constraint change_quotes_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint change_quotes_observation_fk foreign key (observation_id) references observations (id) on delete cascade,
  constraint change_quotes_part_known check (part in ('situation', 'idea')),
  constraint change_quotes_words_short check (length(words) between 1 and 2000)
);
create index change_quotes_by_day on change_quotes (day_id);

-- Words taken back or corrected are quoted no more, and no copy of them stays: whichever way the
-- observation changes, and a director who quotes at that moment waits for it.
create function forget_quotes() returns trigger language plpgsql as $$
begin
  delete from change_quotes where observation_id = new.id;
  return null;
end $$;

create trigger observations_quotes_forgotten
after update of situation, idea, withdrawn on observations
for each row
when ((old.situation, old.idea, old.withdrawn) is distinct from (new.situation, new.idea, new.withdrawn))
execute function forget_quotes();
