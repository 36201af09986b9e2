-- The day on which a session in the room last took a step, where it takes place: an invitation to come
-- in stands first on that day, and no longer.
alter table debriefs add column stepped_on date;
update debriefs set stepped_on = days.date from days where days.id = debriefs.day_id;
alter table debriefs alter column stepped_on set not null;
