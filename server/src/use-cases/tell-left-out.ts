import type { Day } from '#server/features/days/days.service.ts'
import { tellPeople } from '#server/features/invitations/invitations.notices.ts'
import type { Sending, Told, Voice } from '#server/features/invitations/invitations.service.ts'
import {
  activePlacements,
  plannedGuests,
  plansOfDay,
} from '#server/features/matching/matching.service.ts'
import { type Person, peopleByIds } from '#server/features/roster/roster.service.ts'
import { optedOut, signedUp } from '#server/features/signup/signup.service.ts'
import { addressesMailed } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'

/** What was written, and who has to be told some other way. */
interface LeftOut {
  told: Told[]
  unheard: Person[]
}

/**
 * Tells those whom the plan in force leaves without a place, once. Who has just lost one hears of it
 * with the cancellation; who wants no mail about the day gets none.
 */
export async function tellLeftOut(
  trx: Trx,
  day: Day,
  told: readonly Told[],
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<LeftOut> {
  const plan = (await plansOfDay(trx, day.id)).find(({ status }) => status === 'published')
  if (!plan) return { told: [], unheard: [] }
  const out = (await plannedGuests(trx, plan.id)).filter(({ slotId }) => slotId === null)
  const placed = new Set((await activePlacements(trx, day.id)).map(({ personId }) => personId))
  const heard = new Set(told.map(({ personId }) => personId))
  const { active } = await signedUp(trx, day.id)
  const silenced = await optedOut(trx, day.id)
  const ids = out
    .map(({ personId }) => personId)
    .filter((id) => active.has(id) && !placed.has(id) && !heard.has(id))
  const mailed = await addressesMailed(trx, day.id, 'not-placed')
  const people = await peopleByIds(trx, ids)
  const reached = ({ id, email }: Person) => email !== null && !silenced.has(id)
  const due = people.filter((person) => reached(person) && !mailed.has(person.email ?? ''))
  const written = await tellPeople(trx, 'notPlaced', day, due, 'guest', now, voice, sending)
  return { told: written, unheard: people.filter((person) => !reached(person)) }
}
