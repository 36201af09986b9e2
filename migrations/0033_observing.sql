-- True where its author sent words although a name, number or address had been spotted in them:
-- whoever shows observations to a room reads these first. What was spotted is not kept.
alter table observations add column unmasked boolean not null default false;

-- Those on their way are taken as masked: nothing was spotted before.
update observation_intake set payload = payload || '{"unmasked": false}';
