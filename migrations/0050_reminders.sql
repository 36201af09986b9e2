-- The reminders a region tells: a shipped one it uses or adapts, or one of its own.
create table reminder_stories (
  id uuid not null,
  region_id uuid not null,
  -- The name of the shipped text it began as; null for the region’s own.
  shipped text,
  -- Its own begin from an irritant, whose observations it must not repeat word for word.
  irritant_id uuid,
  constraint reminder_stories_pk primary key (id),
  constraint reminder_stories_region_fk foreign key (region_id) references regions (id) on delete cascade,
  constraint reminder_stories_irritant_fk foreign key (region_id, irritant_id) references irritants (region_id, id),
  constraint reminder_stories_of_region unique (region_id, id),
  constraint reminder_stories_shipped_once unique (region_id, shipped)
);

-- What it says. A published version never changes, so that what people were told stays what they were
-- told; above it is at most one draft.
create table reminder_versions (
  reminder_id uuid not null,
  version integer not null,
  story jsonb not null,
  -- The region wrote it: a later text of the product does not replace it.
  own boolean not null,
  -- Counts what was saved in the draft: of two people who write at once, the second is told.
  saved integer not null,
  edited_by uuid,
  edited_at timestamptz not null,
  published_at timestamptz,
  constraint reminder_versions_pk primary key (reminder_id, version),
  constraint reminder_versions_story_fk foreign key (reminder_id) references reminder_stories (id) on delete cascade,
  constraint reminder_versions_editor_fk foreign key (edited_by) references accounts (id) on delete set null,
  constraint reminder_versions_counts check (version >= 1 and saved >= 1)
);

create unique index reminder_versions_one_draft on reminder_versions (reminder_id) where published_at is null;
