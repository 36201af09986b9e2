-- What a director chose for the one page that is forwarded. Figures are never kept: a report is made
-- anew from what stands. A quote is an observation's id without a foreign key on purpose: one that is
-- withdrawn or erased since simply falls out when the report is made.
create table reports (
  region_id uuid not null,
  day_id uuid not null,
  pictures text[] not null,
  quotes uuid[] not null,
  coming text not null,
  version integer not null,
  edited_by uuid,
  edited_at timestamptz not null,
  constraint reports_pk primary key (day_id),
  constraint reports_day_fk foreign key (region_id, day_id) references days (region_id, id) on delete cascade,
  constraint reports_editor_fk foreign key (edited_by) references accounts (id) on delete set null,
  constraint reports_pictures_known check (pictures <@ '{irritants,map,moments,severity}'),
  constraint reports_pictures_fit check (cardinality(pictures) <= 3),
  constraint reports_quotes_fit check (cardinality(quotes) <= 3),
  constraint reports_coming_short check (length(coming) <= 400),
  constraint reports_version_counts check (version >= 1)
);
