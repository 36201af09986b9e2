-- What readers of reminders answered. No row says who, and none says when. Who has finished a reminder is
-- known to its programme: five answers told at once are as many as may stand readable beside that.

-- Whom answers are told of together; parted for good when the first reader opens a reminder.
create table answer_cells (
  id uuid not null,
  programme_id uuid not null,
  -- Both null: everybody in no other cell.
  site_id uuid,
  role_id uuid,
  people integer not null,
  constraint answer_cells_pk primary key (id),
  constraint answer_cells_once unique nulls not distinct (programme_id, site_id, role_id),
  constraint answer_cells_programme_fk foreign key (programme_id) references programmes (id) on delete cascade,
  constraint answer_cells_site_fk foreign key (site_id) references sites (id),
  constraint answer_cells_role_fk foreign key (role_id) references roles (id),
  constraint answer_cells_site_of_role check (site_id is null or role_id is not null)
);

-- Where a sealed answer stays ten minutes to an hour, until a five-minute mark drawn at random.
create table answer_intake (
  id uuid not null,
  sealed text not null,
  release_at timestamptz not null,
  constraint answer_intake_pk primary key (id),
  -- A UUIDv7 would carry the time of answering.
  constraint answer_intake_untimed check (substr(id::text, 15, 1) = '4')
);
create index answer_intake_due on answer_intake (release_at);

-- Random identifiers that came, and nothing of what they brought: a late retry counts once.
create table answer_known (
  id uuid not null,
  -- Monday of the week in which it came; forgotten two months later.
  week_on date not null,
  constraint answer_known_pk primary key (id)
);

-- All answers of a programme that are too few to be told, sealed as one text.
create table answer_waiting (
  programme_id uuid not null,
  sealed text not null,
  constraint answer_waiting_pk primary key (programme_id),
  constraint answer_waiting_programme_fk foreign key (programme_id) references programmes (id) on delete cascade
);

-- Sums of batches of at least five.
create table answer_counts (
  cell_id uuid not null,
  position integer not null,
  question text not null,
  value text not null,
  count integer not null,
  constraint answer_counts_pk primary key (cell_id, position, question, value),
  constraint answer_counts_cell_fk foreign key (cell_id) references answer_cells (id) on delete cascade,
  constraint answer_counts_some check (count > 0)
);

-- Lines of one's own, beside nothing else, moved in shuffled by fives.
create table answer_lines (
  id uuid not null default gen_random_uuid(),
  programme_id uuid not null,
  position integer not null,
  question text not null,
  words text not null,
  constraint answer_lines_pk primary key (id),
  constraint answer_lines_programme_fk foreign key (programme_id) references programmes (id) on delete cascade,
  constraint answer_lines_question_known check (question in ('line', 'outcome-line')),
  constraint answer_lines_words_short check (length(words) between 1 and 280)
);
create index answer_lines_of_programme on answer_lines (programme_id, position);
