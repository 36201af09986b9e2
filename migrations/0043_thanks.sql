-- A card of thanks on its way: it leaves in the evening and can be rewritten or taken back until then.
-- The row does not tell whose card it is, and its text is sealed under the installation's secret:
-- whoever sends an anonymous observation and a card in the same minute leaves two rows that nothing joins.
create table thanks_intake (
  -- A keyed hash of the placement.
  key text not null,
  day_id uuid not null,
  sealed text not null,
  leaves_on date not null,
  constraint thanks_intake_pk primary key (key),
  constraint thanks_intake_day_fk foreign key (day_id) references days (id) on delete cascade
);
create index thanks_intake_by_day on thanks_intake (day_id, leaves_on);

-- Cards that left, for their host to keep. A day is all that is told of when.
create table thanks (
  id uuid not null,
  region_id uuid not null,
  day_id uuid not null,
  placement_id uuid not null,
  host_id uuid not null,
  words text not null,
  -- Whether the guest's first name stands under it.
  signed boolean not null,
  left_on date not null,
  constraint thanks_pk primary key (id),
  -- One guest, one host, one card.
  constraint thanks_once unique (placement_id),
  constraint thanks_placement_fk foreign key (day_id, placement_id) references placements (day_id, id),
  constraint thanks_host_fk foreign key (region_id, host_id) references people (region_id, id) on delete cascade,
  constraint thanks_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint thanks_words_short check (length(words) between 1 and 200),
  constraint thanks_untimed check (uuid_extract_version(id) = 4)
);
create index thanks_by_host on thanks (host_id, day_id);
