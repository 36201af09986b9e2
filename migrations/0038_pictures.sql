-- Every picture of a day is made from what stands in each irritant, role, moment and site: read from
-- this index alone, in its order. It takes the place of the one of irritant and role.
create index observations_by_place on observations (day_id, irritant_id, role_id, moment, site_id)
  include (frequency, severity, anonymous) where not withdrawn;
drop index observations_by_cell;
