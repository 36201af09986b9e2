import { audienceOf } from '#server/features/programmes/programmes.audience.ts'
import {
  membersOf,
  workshopMissed,
  workshopTaken,
} from '#server/features/programmes/programmes.service.ts'
import { type Person, peopleByIds } from '#server/features/roster/roster.service.ts'
import type { WorkshopSetting } from '#server/features/workshops/workshops.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { WorkshopAudience } from '#shared/workshops/workshops.vocabulary.ts'
import type { RepairSetting } from './repair-plan.ts'
import { sendWorkshop, tellWorkshop } from './workshop-meetings.ts'

/** What workshops borrow from programmes, which come after them, and how calendars follow. */
export const workshopSetting = (setting: RepairSetting): WorkshopSetting => ({
  mailDomain: setting.mailDomain,
  offerHours: setting.offerHours,
  audienceOf: workshopAudience,
  workshopTaken,
  workshopMissed,
  async tellMeetings(trx, workshopId, now, by) {
    if (by) await sendWorkshop(trx, workshopId, by, now, setting)
    else await tellWorkshop(trx, workshopId, now, setting)
  },
})

/** A programme’s people are who is in it and still of the region; other groups are as programmes know them. */
async function workshopAudience(
  db: Reader,
  regionId: string,
  audience: WorkshopAudience,
): Promise<Person[]> {
  if (audience.who !== 'programme') return audienceOf(db, regionId, audience)
  const members = await membersOf(db, audience.programmeId)
  const people = await peopleByIds(
    db,
    members.map(({ personId }) => personId),
  )
  return people.filter((person) => person.regionId === regionId && person.leftOn === null)
}
