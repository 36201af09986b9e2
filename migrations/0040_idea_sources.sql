-- Whose idea would mend it, asked where there is an idea: the author's, a colleague's, a customer's,
-- the team's. A kind of person, never a person.
alter table observations add column idea_from text;
alter table observations
  add constraint observations_idea_from_known check (idea_from in ('me', 'colleague', 'customer', 'team')),
  add constraint observations_idea_from_an_idea check (idea_from is null or idea <> '');

-- Those on their way were not asked.
update observation_intake set payload = payload || '{"ideaFrom": null}';
