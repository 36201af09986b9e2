-- Somebody who left the region: their row stays, for what they did; how to reach them and who they
-- signed in as does not. A later file with their number brings them back.
alter table people add column left_on date;
alter table people
  add constraint people_left_unreachable check (
    left_on is null or (email is null and phone is null and account_id is null));

-- An account that is nobody's any more: no sign-in link is sent to it until somebody has its address again.
alter table accounts add column closed_at timestamptz;
