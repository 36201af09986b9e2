-- A day whose shared credential a director replaced: what was sent with a former one is refused.
create table observing_credentials (
  day_id uuid not null,
  generation integer not null,
  constraint observing_credentials_pk primary key (day_id),
  constraint observing_credentials_day_fk foreign key (day_id) references days (id) on delete cascade,
  constraint observing_credentials_later check (generation > 1)
);
