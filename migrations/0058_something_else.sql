-- What fits no irritant of a region has a line of its own, with a few words; where a region wrote such a
-- line itself under the same code, that one serves.
insert into irritants (id, region_id, code, name_fr, name_en, position, archived_at)
select gen_random_uuid(), region_id, 'other', 'Autre chose', 'Something else', max(position) + 1, null
from irritants
group by region_id
on conflict on constraint irritants_code_once do nothing;
