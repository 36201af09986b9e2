-- What the mail server bears, shared by all processes: how many tries began in the running minute,
-- and until when it asked to be left in peace. One row.
create table outbox_pace (
  one boolean not null default true,
  minute_began timestamptz not null default '-infinity',
  tries integer not null default 0,
  paused_until timestamptz not null default '-infinity',
  constraint outbox_pace_pk primary key (one),
  constraint outbox_pace_one check (one)
);
insert into outbox_pace default values;
