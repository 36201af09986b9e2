import { countWithoutOwner, decisionsOf } from '#server/features/actions/actions.service.ts'
import { arrivalsTally } from '#server/features/attendance/attendance.service.ts'
import { confirmationsOfDay } from '#server/features/confirmations/confirmations.service.ts'
import { type DayFigures, dayDetails, travelledLine } from '#server/features/days/days.service.ts'
import { debriefOfDay } from '#server/features/debrief/debrief.service.ts'
import { countOpenFindings } from '#server/features/findings/findings.service.ts'
import { countHeldMails } from '#server/features/invitations/invitations.answers.ts'
import {
  activePlacements,
  type Placement,
  plansOfDay,
} from '#server/features/matching/matching.service.ts'
import { countObservations } from '#server/features/observations/observations.service.ts'
import { hostCandidates, peopleOfRegion } from '#server/features/roster/roster.service.ts'
import { signedUp } from '#server/features/signup/signup.service.ts'
import { offerCounts } from '#server/features/slots/slots.service.ts'
import { mailCounts } from '#server/platform/outbox/outbox.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Timeline } from '#shared/days/days.contract.ts'

/** The director's home: every feature's figures, laid along the line of the day. */
export async function dayTimeline(
  db: Reader,
  dayId: string,
  now: Date,
): Promise<Timeline | Refusal> {
  const day = await dayDetails(db, dayId)
  if (!day) return refuse('not-found')
  const people = await peopleOfRegion(db, day.regionId)
  const offers = await offerCounts(db, day)
  const candidates = await hostCandidates(db, day.regionId)
  const withPlaces = new Set(offers.sitesWithPlaces)
  const couldHost = new Set(candidates.map(({ siteId }) => siteId))
  const plans = await plansOfDay(db, dayId)
  const placements = await activePlacements(db, dayId)
  const mails = await mailCounts(db, { dayId })
  const arrivals = await arrivalsTally(db, dayId, now)
  const debrief = await debriefOfDay(db, dayId)
  const figures: DayFigures = {
    people: people.length,
    asked: offers.asked,
    accepted: offers.accepted,
    silent: offers.silent,
    silentWithoutMail: offers.silentWithoutMail,
    awaitingRelease: day.releaseRequired ? offers.awaitingRelease : 0,
    places: offers.places,
    hosts: offers.hosts,
    sitesWithoutPlaces: [...couldHost].filter((siteId) => !withPlaces.has(siteId)).length,
    signUps: (await signedUp(db, dayId)).active.size,
    planReady: plans.some(({ status }) => status === 'ready'),
    placed: placements.length,
    ...(await answers(db, dayId, placements)),
    present: arrivals.present,
    awaited: arrivals.expected + arrivals.late,
    withoutHost: arrivals['host-absent'],
    observations: await countObservations(db, dayId),
    findings: await countOpenFindings(db, dayId),
    debrief: debrief ? (debrief.step === 'closed' ? 'closed' : 'open') : 'none',
    ...(await decisionsOf(db, dayId)),
    heldAnswers: await countHeldMails(db, day.regionId),
    actionsWithoutOwner: await countWithoutOwner(db, dayId),
    mailsFailed: mails.failed,
    mailsStopped: mails.stopped,
  }
  return { day, ...travelledLine(day, figures, now) }
}

/** Yeses of the meetings that still stand, and how many of their hosts and guests said nothing. */
async function answers(db: Reader, dayId: string, placements: Placement[]) {
  const yeses = new Set(
    (await confirmationsOfDay(db, dayId))
      .filter(({ answer }) => answer === 'yes')
      .map(({ slotId, placementId }) => slotId ?? placementId),
  )
  const slotIds = [...new Set(placements.map(({ slotId }) => slotId))]
  const guestsConfirmed = placements.filter(({ id }) => yeses.has(id)).length
  const hostsConfirmed = slotIds.filter((id) => yeses.has(id)).length
  const answersAwaited = placements.length + slotIds.length - guestsConfirmed - hostsConfirmed
  return { guestsConfirmed, hostsConfirmed, answersAwaited }
}
