-- Who was reminded of what stands in their calendar: a week before, and a day before, once each.
create table reminders (
  event_id uuid not null,
  kind text not null,
  reminded_at timestamptz not null,
  constraint reminders_pk primary key (event_id, kind),
  constraint reminders_event_fk foreign key (event_id) references calendar_events (id) on delete cascade,
  constraint reminders_kind_known check (kind in ('week', 'day'))
);
