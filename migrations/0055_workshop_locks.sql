-- Writing a seat already holds its session against being removed; counting under a lock that minds
-- this, two who take the last seat at once would wait for each other.
create or replace function check_workshop_seats(checked uuid) returns void language plpgsql as $$
declare
  room integer;
begin
  select seats into room from workshop_sessions where id = checked for no key update;
  if (select count(*) from workshop_seats
      where session_id = checked and state in ('seated', 'offered') and not walk_in) > room
  then
    raise exception 'more people than seats'
      using errcode = 'check_violation', constraint = 'workshop_seats_not_twice';
  end if;
end $$;
