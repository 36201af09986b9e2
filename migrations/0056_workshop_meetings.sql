-- Workshops stand in calendars as days do: a seat has its guest’s event, a session its facilitator’s.
alter table workshop_seats add constraint workshop_seats_of_workshop unique (workshop_id, id);

alter table calendar_events
  alter column day_id drop not null,
  add column workshop_id uuid,
  add column workshop_seat_id uuid,
  add column workshop_session_id uuid,
  add constraint calendar_events_workshop_fk foreign key (region_id, workshop_id) references workshops (region_id, id) on delete cascade,
  add constraint calendar_events_workshop_seat_fk foreign key (workshop_id, workshop_seat_id) references workshop_seats (workshop_id, id) on delete cascade,
  add constraint calendar_events_workshop_session_fk foreign key (workshop_id, workshop_session_id) references workshop_sessions (workshop_id, id) on delete cascade,
  drop constraint calendar_events_one_subject,
  -- Exactly one of four, each of what its reader is invited to.
  add constraint calendar_events_one_subject check (
    num_nonnulls(slot_id, placement_id, workshop_seat_id, workshop_session_id) = 1),
  add constraint calendar_events_one_occasion check (
    num_nonnulls(day_id, workshop_id) = 1 and (day_id is null) = (slot_id is null and placement_id is null));
create unique index calendar_events_workshop_seat_once on calendar_events (workshop_seat_id) where status = 'confirmed';
create unique index calendar_events_workshop_session_once on calendar_events (workshop_session_id) where status = 'confirmed';
create index calendar_events_by_workshop on calendar_events (workshop_id);

-- Its mails are shown, taken back and sent again together, as those of a day are.
alter table outbox add column workshop_id uuid;
create index outbox_by_workshop on outbox (workshop_id, written) where workshop_id is not null;
alter table outbox_batches add column workshop_id uuid;
create index outbox_batches_by_workshop on outbox_batches (workshop_id, created_at) where workshop_id is not null;

alter table inbound_mails
  add column workshop_id uuid,
  add constraint inbound_mails_workshop_fk foreign key (region_id, workshop_id) references workshops (region_id, id) on delete cascade;
