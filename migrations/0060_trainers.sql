-- A trainer of a region writes its reminders, and sees nobody.
alter table grants drop constraint grants_scope;
alter table grants add constraint grants_scope check (
  (kind = 'administrator' and region_id is null and site_id is null)
  or (kind in ('director', 'trainer') and region_id is not null and site_id is null)
  or (kind = 'coordinator' and region_id is not null and site_id is not null));
