import { sql } from 'kysely'
import type { AnswerChannel, RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { HeldAnswer } from '#shared/invitations/invitations.answers.contract.ts'

/** What an event belongs to, whatever it is: who comes together where and when, and what they said. */
export interface Owner {
  personId: string
  side: NonNullable<HeldAnswer['meeting']>['side']
  occasionName: string
  timeZone: string
  aboutFr: string
  aboutEn: string
  siteName: string
  startsAt: Date
  endsAt: Date
  answer: RecordedAnswer | null
  channel: AnswerChannel | null
  answeredAt: Date | null
}

const ofSlot = sql`day.name, day.time_zone, role.name_fr, role.name_en, site.name, slot.starts_at,
  slot.ends_at, said.answer, said.channel, said.answered_at`
const slotJoins = sql`join days day on day.id = slot.day_id
  join roles role on role.id = slot.role_id join sites site on site.id = slot.site_id`
// To a workshop one answers by mail alone: a press of its buttons takes or gives a seat.
const ofSession = sql`workshop.title, region.time_zone, workshop.title, workshop.title,
  coalesce(site.name, session.place), session.starts_at, session.ends_at, said.answer,
  case when said.answer is not null then 'mail' end, said.sent_at`
const sessionJoins = sql`join workshops workshop on workshop.id = session.workshop_id
  join regions region on region.id = session.region_id
  left join sites site on site.id = session.site_id
  left join event_answers said on said.event_id = event.id`

/** The owner of `event`, to be joined laterally: one of the branches finds it by its key. */
export const owner = sql<Owner>`(
  select slot.host_id as "personId", 'host' as side, day.name as "occasionName",
    day.time_zone as "timeZone", role.name_fr as "aboutFr", role.name_en as "aboutEn",
    site.name as "siteName", slot.starts_at as "startsAt", slot.ends_at as "endsAt", said.answer,
    said.channel, said.answered_at as "answeredAt"
  from slots slot ${slotJoins} left join confirmations said on said.slot_id = slot.id
  where slot.id = event.slot_id
  union all
  select placement.person_id, 'guest', ${ofSlot}
  from placements placement join slots slot on slot.id = placement.slot_id ${slotJoins}
  left join confirmations said on said.placement_id = placement.id
  where placement.id = event.placement_id
  union all
  select seat.person_id, 'participant', ${ofSession}
  from workshop_seats seat join workshop_sessions session on session.id = seat.session_id
  ${sessionJoins} where seat.id = event.workshop_seat_id
  union all
  select session.facilitator_id, 'facilitator', ${ofSession}
  from workshop_sessions session ${sessionJoins} where session.id = event.workshop_session_id)`
