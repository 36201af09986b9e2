import { directorsOf } from '#server/features/accounts/accounts.service.ts'
import {
  bringAddresses,
  bringCalendars,
  type Reconciled,
  type Sending,
  type Told,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import { sessionMeeting, workshopMeetings } from '#server/features/workshops/workshops.circle.ts'
import { declinedMail } from '#server/features/workshops/workshops.letters.ts'
import { giveUpSeat } from '#server/features/workshops/workshops.seats.ts'
import {
  lockWorkshop,
  seatById,
  type WorkshopSetting,
} from '#server/features/workshops/workshops.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { notify } from '#server/platform/live/live.ts'
import {
  enqueueMails,
  type Mail,
  openBatch,
  removeEmptyBatch,
} from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { Sent } from './publish-plan.ts'
import type { RepairSetting } from './repair-plan.ts'

/**
 * Brings calendars to what holds for a workshop: one event per session to come, for who leads it, and
 * one per seat, for who has it. Writes what is owed into the outbox, in this transaction; called again
 * it writes nothing. Whatever changes sessions or seats after publication ends by calling it.
 */
export async function tellWorkshop(
  trx: Trx,
  workshopId: string,
  now: Date,
  voice: Voice,
  sending: Sending = {},
): Promise<Reconciled> {
  const read = await workshopMeetings(trx, workshopId, now)
  if (!read) return { told: [], unreachable: [] }
  const desired = read.circle.standing.flatMap((one) => one.desired ?? [])
  return bringCalendars(trx, read.circle, desired, read.events, now, voice, sending)
}

/** Invites anew to a workshop whose mail address was corrected, see {@link bringAddresses}. */
export async function followWorkshopAddresses(
  trx: Trx,
  workshopId: string,
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<Told[]> {
  const read = await workshopMeetings(trx, workshopId, now)
  return read ? bringAddresses(trx, read.circle, read.events, now, voice, sending) : []
}

/**
 * Tells of a workshop what a director publishes, cancels or sends after all: in one batch, which waits
 * and can be taken back, with what was taken back before.
 */
export async function sendWorkshop(
  trx: Trx,
  workshopId: string,
  by: string,
  now: Date,
  setting: RepairSetting,
): Promise<Sent | Refusal> {
  const workshop = await lockWorkshop(trx, workshopId)
  if (!workshop) return refuse('not-found')
  const { regionId } = workshop
  const batch = { regionId, workshopId, purpose: 'workshop', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const releaseAt = new Date(now.getTime() + setting.holdSeconds * 1_000)
  const sending = { batchId, releaseAt, release: true }
  const reconciled = await tellWorkshop(trx, workshopId, now, setting, sending)
  await removeEmptyBatch(trx, batchId)
  const entry = { regionId, accountId: by, action: 'invitations.send-workshop' }
  const details = { mails: reconciled.told.length }
  await recordAudit(trx, { ...entry, subjectId: workshopId, details }, now)
  return { batchId: reconciled.told.length > 0 ? batchId : null, ...reconciled }
}

/** A participant answers from their calendar: a no gives the seat up, and the next is offered it. */
export async function seatAnswered(
  trx: Trx,
  seatId: string,
  answer: RecordedAnswer,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const seat = await seatById(trx, seatId)
  if (seat?.state !== 'seated') return refuse('seat-taken')
  return answer === 'no' ? giveUpSeat(trx, seat, now, setting) : undefined
}

/**
 * A facilitator answers from their calendar. A no closes nothing: the session stays as it is, and
 * whoever directs the region is told once, to entrust it to somebody else.
 */
export async function sessionAnswered(
  trx: Trx,
  sessionId: string,
  answer: RecordedAnswer,
  now: Date,
  voice: Voice,
): Promise<undefined | Refusal> {
  const meeting = await sessionMeeting(trx, sessionId)
  if (!meeting) return refuse('not-found')
  if (meeting.session.status === 'cancelled') return refuse('session-cancelled')
  // Said twice is said once.
  if (answer !== 'no' || meeting.said === 'no') return undefined
  const { workshop, facts, regionName } = meeting
  const page = `${voice.publicUrl}/regions/${workshop.regionId}/ateliers`
  const mails = (await directorsOf(trx, workshop.regionId)).map((director): Mail => {
    const reader = { firstName: director.displayName, language: director.language }
    return {
      regionId: workshop.regionId,
      workshopId: workshop.id,
      purpose: 'facilitator-declined',
      to: { name: director.displayName, address: director.email },
      language: director.language,
      fromName: regionName,
      ...declinedMail(facts, reader, page),
    }
  })
  await enqueueMails(trx, mails, now, voice.mailDomain)
  await notify(trx, `workshops:${workshop.regionId}`, `workshop:${workshop.id}`)
  return undefined
}
