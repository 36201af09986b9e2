import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import { shippedStory } from '#server/features/reminders/reminders.shipped.ts'
import type { Site } from '#server/features/roster/roster.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { enqueueMails, openBatch } from '#server/platform/outbox/outbox.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { RouteContract } from '#shared/contract.ts'
import { debriefRoutes } from '#shared/debrief/debrief.contract.ts'
import { allRoutes } from '#shared/routes.ts'
import { ownerToken, planned } from './actions/actions.factory.ts'
import { dayInput } from './days/days.factory.ts'
import { anonymously, type LivedDay, livedDay, seen } from './observations/observations.factory.ts'
import { programmeInput, runningProgramme } from './programmes/programmes.factory.ts'
import {
  makeCoordinator,
  makePerson,
  makeRegion,
  makeSite,
  makeTrainer,
} from './roster/roster.factory.ts'
import { slotDetails } from './slots/slots.factory.ts'
import { answerOf, startTestApp, type TestApp } from './support/app.ts'
import { runningWorkshop, sessionInput } from './workshops/workshops.factory.ts'

// Every route of the API × every kind of person: who is let through by the route's policy. A route
// that nobody listed here fails, and so does one registered without a contract.

/** The columns, in the order their letters stand in the table. */
const kinds = {
  N: 'nobody in particular',
  E: 'an employee of the region who does not take part in the day',
  G: 'a guest of the day',
  H: 'a host of the day, at the site',
  O: 'an employee of another region',
  C: 'the coordinator of the site',
  c: 'the coordinator of another site of the region',
  D: 'the director of the region',
  d: 'the director of another region',
  T: 'a trainer of the region, whom its roster does not know',
  A: 'the administrator',
} as const
type Kind = keyof typeof kinds
const everybody = 'N E G H O C c D d T A'
const signedIn = 'E G H O C c D d T A'
const ofRoster = 'E G H'
const ofRegion = 'E G H C c D'

interface World extends LivedDay {
  /** Where the other coordinator of the region is at home. */
  elsewhere: Site
  planId: string
  /** An offer the guest answered long ago. */
  offerId: string
  /** A request the colleague declined long ago. */
  handoverId: string
  batchId: string
  mailId: string
  /** A mail that waits for a director. */
  answerId: string
  optOutToken: string
  /** Carried by the guest, who was written about it. */
  actionId: string
  actionToken: string
  /** A programme that runs for everybody of the region; the links are a guest’s. */
  programmeId: string
  reminderToken: string
  programmeToken: string
  /** A workshop of everybody’s, led by the host; the guest sits in the session that is about to begin. */
  workshopId: string
  workshopSessionId: string
  workshopToken: string
  facilitatorToken: string
  roomToken: string
  /** Of the day’s debrief, which its director opened. */
  debriefCode: string
}

interface Row {
  /** Letters of those let through. */
  may: string
  body?: (world: World) => unknown
  query?: Record<string, string>
  params?: (world: World) => Record<string, string>
  /** Refusals that come after the policy said yes: an unknown id where none can be had here. */
  after?: number[]
}

const noSuch = '00000000-0000-4000-8000-000000000000'
const day = (world: World) =>
  dayInput('2027-09-16', new Date('2027-05-20T06:30:00Z'), {
    name: `Une autre journée ${world.day.name}`,
  })
const wishes = { wishes: [{ roleId: null, periodId: null, place: 'any' }] }
const proposal = ({ day, seller }: World) => ({
  periodId: day.periods[0]!.id,
  roleIds: [seller.id],
  siteIds: [],
  capacity: 1,
  perSite: 1,
})
const yes = () => ({ answer: 'yes' })
const leavers = () => ({ employeeNumbers: ['a number of nobody'] })
const card = () => ({ words: 'Merci !', signed: true })
const worded = (world: World) => ({
  title: 'Un constat',
  irritantId: world.observing.irritants[0]!.id,
})
const plannedAction = { title: 'Une action', findingIds: [], ownerId: null, dueOn: null }
const fingerprint = () => ({ fingerprint: 'not the one that was read' })
const aSession = ({ shop, host }: World) => sessionInput({ dax: shop, facilitator: host })
const inSession = ({ workshopSessionId }: World) => ({ sessionId: workshopSessionId })
const old = () => ({ version: 99 })
const aReminder = () => ({ reminder: 'on-hold' })
const held = { id: noSuch, secret: '0'.repeat(25) }

const table: Record<string, Row> = {
  'POST /api/sign-in-links': { may: everybody, body: () => ({ email: 'someone@region.example' }) },
  'POST /api/sessions': { may: everybody, body: () => ({ token: 'no-such-token' }), after: [410] },
  'GET /api/me': { may: everybody },
  'GET /api/home': { may: signedIn },
  'GET /api/about': { may: everybody },
  'PATCH /api/me': { may: signedIn, body: () => ({ language: 'fr' }) },
  'GET /api/sessions': { may: signedIn },
  'DELETE /api/sessions/:sessionId': { may: signedIn },
  'GET /api/regions': { may: signedIn },
  'POST /api/regions': { may: 'A', body: () => ({ name: 'Bretagne', timeZone: 'Europe/Paris' }) },
  'GET /api/regions/:regionId/grants': { may: 'D A' },
  'POST /api/regions/:regionId/grants': {
    may: 'D A',
    body: ({ shop }) => ({
      kind: 'coordinator',
      email: 'new@region.example',
      displayName: 'Noé',
      siteId: shop.id,
    }),
  },
  'DELETE /api/regions/:regionId/grants/:grantId': { may: 'D A', after: [404] },

  'POST /api/regions/:regionId/imports': {
    may: 'D A',
    query: { kind: 'people', fileName: 'effectifs.csv' },
    body: () => new TextEncoder().encode('matricule;nom\n1;Durand\n'),
  },
  'GET /api/regions/:regionId/imports': { may: 'D A' },
  'GET /api/regions/:regionId/imports/:importId': { may: 'D A', after: [404] },
  'PUT /api/regions/:regionId/imports/:importId/mapping': {
    may: 'D A',
    body: () => ({ sheet: null, headerLine: null }),
    after: [404],
  },
  'GET /api/regions/:regionId/imports/:importId/dry-run': { may: 'D A', after: [404] },
  'GET /api/regions/:regionId/imports/:importId/rows': { may: 'D A', after: [404] },
  'GET /api/regions/:regionId/imports/:importId/absent': { may: 'D A', after: [404] },
  'GET /api/regions/:regionId/imports/:importId/report': { may: 'D A', after: [404] },
  'POST /api/regions/:regionId/imports/:importId/commit': {
    may: 'D A',
    body: fingerprint,
    after: [404],
  },
  'DELETE /api/regions/:regionId/imports/:importId': { may: 'D A', after: [404] },
  'POST /api/regions/:regionId/leavers/preview': { may: 'D A', body: leavers },
  'POST /api/regions/:regionId/leavers': { may: 'D A', body: leavers },
  'GET /api/regions/:regionId/sites': { may: 'E G H C c D A' },
  'GET /api/regions/:regionId/people': { may: 'C c D A' },
  'GET /api/regions/:regionId/roles': { may: 'E G H C c D A' },
  'GET /api/regions/:regionId/job-titles': { may: 'D A' },
  'PUT /api/regions/:regionId/job-titles': { may: 'D A', body: () => ({ titles: [] }) },

  'GET /api/regions/:regionId/irritants': { may: 'D T' },
  'POST /api/regions/:regionId/irritants': { may: 'D', body: () => ({ nameFr: 'Devis obscur' }) },
  'PATCH /api/regions/:regionId/irritants/:irritantId': {
    may: 'D',
    body: () => ({ nameEn: 'Waiting on hold' }),
  },
  'GET /api/regions/:regionId/kits': { may: 'D' },
  'GET /api/regions/:regionId/kits/:roleId/:language': {
    may: 'D',
    params: ({ seller }) => ({ roleId: seller.id, language: 'fr' }),
  },
  'PUT /api/regions/:regionId/kits/:roleId/:language/:section': {
    may: 'D',
    params: ({ seller }) => ({ roleId: seller.id, language: 'fr', section: 'bring' }),
    body: () => ({ version: 0, lines: null }),
    after: [409],
  },
  'GET /api/regions/:regionId/reminders': { may: 'D T' },
  'POST /api/regions/:regionId/reminders': {
    may: 'D T',
    body: () => ({ irritantId: null, language: 'fr' }),
  },
  'POST /api/regions/:regionId/reminders/import': {
    may: 'D T',
    body: () => new TextEncoder().encode('{}'),
    after: [422],
  },
  'GET /api/regions/:regionId/reminders/:reminder': { may: 'D T', params: aReminder },
  'PUT /api/regions/:regionId/reminders/:reminder/draft': {
    may: 'D T',
    params: aReminder,
    body: () => ({ saved: 0, story: shippedStory('on-hold') }),
  },
  'POST /api/regions/:regionId/reminders/:reminder/publish': {
    may: 'D T',
    params: aReminder,
    body: () => ({ saved: 1 }),
    // The director published it just before the trainer.
    after: [404],
  },
  'DELETE /api/regions/:regionId/reminders/:reminder/draft': {
    may: 'D T',
    params: aReminder,
    query: { saved: '1' },
    // Published just before.
    after: [404],
  },
  'POST /api/regions/:regionId/reminders/:reminder/original': {
    may: 'D T',
    params: aReminder,
    body: () => ({ version: 1 }),
    after: [409],
  },
  'GET /api/regions/:regionId/reminders/:reminder/file': { may: 'D T', params: aReminder },
  'GET /api/regions/:regionId/days': { may: ofRegion },
  'GET /api/regions/:regionId/day-defaults': { may: 'D', query: { date: '2027-09-16' } },
  'POST /api/regions/:regionId/days': { may: 'D', body: day },
  'GET /api/days/:dayId': { may: ofRegion },
  'PUT /api/days/:dayId': { may: 'D', body: day },
  'GET /api/days/:dayId/timeline': { may: 'D' },
  'GET /api/days/:dayId/sign-up/preview': { may: 'D' },
  'POST /api/days/:dayId/sign-up/open': { may: 'D', body: () => ({ invite: false }) },
  'POST /api/days/:dayId/sign-up/close': { may: 'D' },
  'GET /api/days/:dayId/mailings': { may: 'D' },
  'POST /api/days/:dayId/mailings/:batchId/stop': { may: 'D' },

  'POST /api/days/:dayId/slot-proposals/preview': { may: 'D', body: proposal },
  'POST /api/days/:dayId/slot-proposals': {
    may: 'D',
    body: (world) => ({ ...proposal(world), slots: 1 }),
  },
  'GET /api/days/:dayId/coverage': { may: 'C c D' },
  'GET /api/days/:dayId/sites/:siteId/offers': { may: 'C D' },
  'PUT /api/slots/:slotId/release': { may: 'C D', body: () => ({ release: 'released' }) },
  'PUT /api/slots/:slotId/hours': {
    may: 'C D',
    body: () => ({ startsAt: '10:00', endsAt: '11:00' }),
  },
  'PUT /api/days/:dayId/sites/:siteId/caps': {
    may: 'C D',
    body: () => ({ limit: null, caps: [] }),
  },
  'POST /api/days/:dayId/sites/:siteId/cards': { may: 'C D' },
  'GET /api/slot-links/:token': { may: everybody },
  'PUT /api/slot-links/:token': { may: everybody, body: yes },
  'POST /api/slot-cards': {
    may: everybody,
    body: () => ({ code: 'ABCD-EFGH' }),
    after: [404, 410],
  },
  'GET /api/days/:dayId/my-slots': { may: ofRoster },
  'POST /api/days/:dayId/my-slots': {
    may: ofRoster,
    body: ({ day }) => slotDetails(day, 'afternoon'),
  },

  'GET /api/days/:dayId/signup': { may: ofRoster },
  'PUT /api/days/:dayId/signup': { may: ofRoster, body: () => wishes },
  'PUT /api/days/:dayId/chances': { may: ofRoster, body: () => wishes },
  'PUT /api/days/:dayId/opt-out': { may: ofRoster, body: () => ({ optedOut: false }) },
  'GET /api/opt-out-links/:token': { may: everybody },
  'PUT /api/opt-out-links/:token': { may: everybody, body: () => ({ optedOut: false }) },

  'GET /api/days/:dayId/plans': { may: 'D' },
  'GET /api/days/:dayId/plans/instance': { may: 'D' },
  'GET /api/plans/:planId': { may: 'D' },
  'DELETE /api/plans/:planId/computation': { may: 'D' },
  'GET /api/plans/:planId/guests': { may: 'D' },
  'GET /api/plans/:planId/idle-slots': { may: 'D' },
  'GET /api/plans/:planId/guests/:personId/choices': { may: 'D' },
  'PUT /api/days/:dayId/pins': {
    may: 'D',
    body: ({ guests, slot }) => ({ personId: guests[0]!.id, slotId: slot.id, kind: null }),
  },
  'GET /api/days/:dayId/choices': { may: 'D' },
  'DELETE /api/days/:dayId/choices/:choiceId': { may: 'D' },
  'GET /api/plans/:planId/picture': { may: 'D' },
  'PATCH /api/plans/:planId': { may: 'D', body: () => ({ name: '' }) },
  'DELETE /api/plans/:planId': { may: 'D' },
  'GET /api/days/:dayId/card': { may: ofRoster },

  'GET /api/seat-offer-links/:token': { may: everybody },
  'PUT /api/seat-offer-links/:token/answer': { may: everybody, body: yes },
  'GET /api/days/:dayId/waiting': { may: ofRoster },
  'PUT /api/days/:dayId/waiting': { may: ofRoster },
  'PUT /api/seat-offers/:offerId/answer': { may: 'G', body: yes },
  'POST /api/days/:dayId/seats': { may: ofRoster, body: ({ slot }) => ({ slotId: slot.id }) },
  'GET /api/days/:dayId/waiting-board': { may: 'D' },

  'GET /api/slot-links/:token/meeting': { may: everybody },
  'PUT /api/slot-links/:token/answer': { may: everybody, body: yes },
  'GET /api/placement-links/:token': { may: everybody },
  'PUT /api/placement-links/:token/answer': { may: everybody, body: yes },
  'PUT /api/placement-links/:token/waiting': { may: everybody },
  'GET /api/days/:dayId/my-meetings': { may: ofRoster },
  'PUT /api/slots/:slotId/answer': { may: 'H', body: yes },
  'PUT /api/placements/:placementId/answer': { may: 'G', body: yes },
  'GET /api/days/:dayId/confirmations': { may: 'C c D' },
  'GET /api/days/:dayId/confirmations/live': { may: 'C c D' },
  'GET /api/days/:dayId/confirmations/people': { may: 'C c D' },
  'GET /api/days/:dayId/conversations/:subjectId': { may: 'D' },
  'GET /api/days/:dayId/nudges': { may: 'D' },
  'POST /api/days/:dayId/nudges': { may: 'D', body: fingerprint },

  'GET /api/days/:dayId/handovers': { may: 'C c D' },
  'GET /api/slot-links/:token/sheet': { may: everybody },
  'GET /api/placement-links/:token/sheet': { may: everybody },
  'GET /api/slots/:slotId/sheet': { may: 'H C D' },
  'GET /api/placements/:placementId/sheet': { may: 'G C D' },
  'GET /api/slot-links/:token/handover': { may: everybody },
  'POST /api/slot-links/:token/handover': {
    may: everybody,
    body: ({ bystander }) => ({ personId: bystander.id }),
  },
  'DELETE /api/slot-links/:token/handover': { may: everybody },
  'GET /api/handover-links/:token': { may: everybody },
  'PUT /api/handover-links/:token/answer': { may: everybody, body: () => ({ answer: 'no' }) },

  'GET /api/plans/:planId/publication': { may: 'D' },
  'POST /api/plans/:planId/publication': { may: 'D', body: fingerprint },
  'GET /api/days/:dayId/cancellation': { may: 'D' },
  'GET /api/days/:dayId/held-invitations': { may: 'D' },
  'POST /api/days/:dayId/held-invitations': { may: 'D', body: fingerprint },
  'GET /api/days/:dayId/outbox': { may: 'D' },
  'GET /api/workshops/:workshopId/outbox': { may: 'D' },
  'GET /api/workshops/:workshopId/held-invitations': { may: 'D' },
  'POST /api/workshops/:workshopId/held-invitations': { may: 'D', body: fingerprint },
  'GET /api/outbox-mails/:mailId': { may: 'D' },
  'POST /api/outbox-mails/:mailId/retry': { may: 'D' },
  'POST /api/outbox-batches/:batchId/stop': { may: 'D' },
  'GET /api/regions/:regionId/held-answers': { may: 'D' },
  'POST /api/held-answers/:answerId/application': {
    may: 'D',
    body: () => ({ answer: 'yes', remember: false }),
    // It came from nobody known: there is nothing it could be counted for.
    after: [404],
  },
  'POST /api/held-answers/:answerId/dismissal': { may: 'D' },

  'GET /api/feed': { may: signedIn },
  'POST /api/feed/renewal': { may: signedIn },
  'GET /api/slot-links/:token/meeting.ics': { may: everybody },
  'GET /api/placement-links/:token/meeting.ics': { may: everybody },
  'GET /api/slots/:slotId/meeting.ics': { may: 'H' },
  'GET /api/placements/:placementId/meeting.ics': { may: 'G' },

  'GET /api/placement-links/:token/arrival': { may: everybody },
  'PUT /api/placement-links/:token/arrival': {
    may: everybody,
    body: () => ({ code: 'no figures' }),
  },
  'PUT /api/placement-links/:token/host-absence': { may: everybody },
  'DELETE /api/placement-links/:token/host-absence': { may: everybody },
  'GET /api/days/:dayId/my-arrival': { may: ofRoster },
  'GET /api/arrival-links/:token': { may: everybody },
  'PUT /api/arrival-links/:token/guests/:placementId': { may: everybody },
  'GET /api/slot-links/:token/arrivals': { may: everybody },
  'PUT /api/slot-links/:token/arrivals/:placementId': {
    may: everybody,
    body: () => ({ said: null }),
  },
  'DELETE /api/slot-links/:token/host-absence': { may: everybody },
  'GET /api/slot-links/:token/arrivals/live': { may: everybody },
  'GET /api/days/:dayId/arrivals': { may: 'C c D' },
  'GET /api/days/:dayId/arrivals/live': { may: 'C c D' },
  'GET /api/days/:dayId/sites/:siteId/arrivals': { may: 'C D' },
  'PUT /api/placements/:placementId/attendance': { may: 'C D', body: () => ({ said: null }) },
  'PUT /api/slots/:slotId/host-absence': { may: 'C D' },
  'DELETE /api/slots/:slotId/host-absence': { may: 'C D' },
  'GET /api/slots/:slotId/stand-ins': { may: 'C D' },
  'POST /api/slots/:slotId/stand-in': {
    may: 'C D',
    body: ({ bystander }) => ({ personId: bystander.id }),
  },

  'GET /api/days/:dayId/observing': { may: 'G H' },
  'GET /api/slot-links/:token/observing': { may: everybody },
  'GET /api/placement-links/:token/observing': { may: everybody },
  'GET /api/days/:dayId/observations/mine': { may: ofRoster },
  'PUT /api/days/:dayId/observations/:observationId': { may: 'G H', body: (world) => seen(world) },
  'DELETE /api/days/:dayId/observations/:observationId': { may: ofRoster, after: [404] },
  'POST /api/anonymous-observations': {
    may: everybody,
    body: (world) => anonymously(world).sent,
  },
  'POST /api/anonymous-observations/status': { may: everybody, body: () => held, after: [404] },
  'POST /api/anonymous-observations/withdrawals': {
    may: everybody,
    body: () => held,
    after: [404],
  },
  'POST /api/days/:dayId/observing/credential': { may: 'D' },
  'GET /api/days/:dayId/thanks': { may: ofRoster },
  'PUT /api/days/:dayId/thanks': { may: ofRoster, body: card },
  'DELETE /api/days/:dayId/thanks': { may: ofRoster },
  'GET /api/placement-links/:token/thanks': { may: everybody },
  'PUT /api/placement-links/:token/thanks': { may: everybody, body: card },
  'DELETE /api/placement-links/:token/thanks': { may: everybody },
  'GET /api/slot-links/:token/thanks': { may: everybody },
  'GET /api/days/:dayId/observations/pictures': { may: 'D' },
  'GET /api/days/:dayId/observations/verbatims': { may: 'D' },
  'GET /api/days/:dayId/findings': { may: 'D' },
  'GET /api/days/:dayId/findings/:findingId': { may: 'D', after: [404] },
  'GET /api/days/:dayId/ungrouped-observations': { may: 'D' },
  'GET /api/days/:dayId/finding-suggestions': { may: 'D' },
  'GET /api/days/:dayId/observations/:observationId/similar': { may: 'D', after: [404] },
  'POST /api/days/:dayId/findings': {
    may: 'D',
    body: (world) => ({ ...worded(world), observationIds: [noSuch] }),
    after: [404],
  },
  'PATCH /api/days/:dayId/findings/:findingId': {
    may: 'D',
    body: (world) => ({ ...worded(world), version: 1 }),
    after: [404],
  },
  'POST /api/days/:dayId/findings/:findingId/observations': {
    may: 'D',
    body: () => ({ observationIds: [noSuch] }),
    after: [404],
  },
  'POST /api/days/:dayId/findings/:findingId/removals': {
    may: 'D',
    body: () => ({ observationIds: [noSuch] }),
    after: [404],
  },
  'POST /api/days/:dayId/findings/:findingId/withdrawal': {
    may: 'D',
    body: () => ({ version: 1, reason: 'Doublon.' }),
    after: [404],
  },
  'DELETE /api/days/:dayId/findings/:findingId/withdrawal': { may: 'D', after: [404] },
  'DELETE /api/days/:dayId/findings/:findingId': { may: 'D', after: [404] },

  'GET /api/days/:dayId/debrief': { may: 'D' },
  'PUT /api/days/:dayId/debrief': { may: 'D', body: () => ({ hearts: 3 }) },
  'GET /api/days/:dayId/debrief/live': { may: 'D' },
  'GET /api/days/:dayId/debrief/cards': { may: 'D', query: { shown: 'no' } },
  'PUT /api/days/:dayId/debrief/cards': {
    may: 'D',
    body: () => ({ ids: [noSuch], shown: true }),
    after: [404],
  },
  'PUT /api/days/:dayId/debrief/step': {
    may: 'D',
    body: () => ({ from: 'read', to: 'group' }),
  },
  'GET /api/debriefs/:code': { may: ofRegion },
  'GET /api/debriefs/:code/live': { may: ofRegion },
  'POST /api/debriefs/:code/voters': { may: ofRoster, body: () => ({ blinded: 'A'.repeat(342) }) },
  'PUT /api/debriefs/:code/ballots/:ballotId': {
    may: everybody,
    body: () => ({ signature: 'A'.repeat(342), findingIds: [noSuch] }),
  },
  'GET /api/days/:dayId/observations/mine/became': { may: ofRoster },
  'POST /api/anonymous-observations/became': { may: everybody, body: () => held, after: [404] },
  'GET /api/days/:dayId/changes': { may: ofRegion },
  'GET /api/changes-links/:token': {
    may: everybody,
    params: () => ({ token: 'no-such-token' }),
    after: [410],
  },
  'GET /api/days/:dayId/changes/sharing': { may: 'D' },
  'PUT /api/days/:dayId/changes/link': { may: 'D' },
  'DELETE /api/days/:dayId/changes/link': { may: 'D' },
  'GET /api/days/:dayId/changes/findings/:findingId/words': {
    may: 'D',
    params: () => ({ findingId: noSuch }),
    after: [404],
  },
  'PUT /api/days/:dayId/changes/quotes/:observationId/:part': {
    may: 'D',
    params: () => ({ observationId: noSuch, part: 'situation' }),
    body: () => ({ words: 'Tout se répète.' }),
    after: [404],
  },
  'DELETE /api/days/:dayId/changes/quotes/:observationId/:part': {
    may: 'D',
    params: () => ({ observationId: noSuch, part: 'situation' }),
  },
  'GET /api/days/:dayId/actions': { may: 'D' },
  'POST /api/days/:dayId/actions': { may: 'D', body: () => plannedAction },
  // Carried by the guest, and by no other.
  'PUT /api/days/:dayId/actions/:actionId/answer': {
    may: 'G D',
    body: () => ({ version: 1, status: 'done' }),
  },
  'PUT /api/days/:dayId/actions/:actionId/measure': {
    may: 'G D',
    body: () => ({ version: 1, measure: null }),
  },
  'GET /api/actions/mine': { may: signedIn },
  'GET /api/action-links/:token': { may: everybody },
  'PUT /api/action-links/:token/actions/:actionId/answer': {
    may: everybody,
    body: () => ({ version: 1, status: 'done' }),
  },
  'PUT /api/action-links/:token/actions/:actionId/measure': {
    may: everybody,
    body: () => ({ version: 1, measure: null }),
  },
  // Takes it from the guest.
  'PATCH /api/days/:dayId/actions/:actionId': {
    may: 'D',
    body: () => ({ ...plannedAction, version: 1 }),
  },
  'DELETE /api/days/:dayId/actions/:actionId': {
    may: 'D',
    params: () => ({ actionId: noSuch }),
    after: [404],
  },
  'GET /api/courses': { may: everybody },
  'GET /api/courses/:course': {
    may: everybody,
    params: () => ({ course: 'half-full-glass' }),
  },

  'GET /api/days/:dayId/report': { may: 'D' },
  'PUT /api/days/:dayId/report': {
    may: 'D',
    body: () => ({ version: 0, pictures: ['map'], quoteIds: [], coming: '' }),
    // Chosen by whoever came first.
    after: [409],
  },
  'GET /api/days/:dayId/report/pictures/:picture': { may: 'D' },
  'GET /api/days/:dayId/report/document': { may: 'D' },
  'GET /api/days/:dayId/report/workbook': { may: 'D' },
  'GET /api/days/:dayId/report/tables/:table': { may: 'D' },

  'GET /api/learning-records': { may: 'A' },
  'POST /api/learning-records/retry': { may: 'A' },
  'GET /api/regions/:regionId/programmes': { may: 'D' },
  'POST /api/regions/:regionId/programmes': { may: 'D', body: () => programmeInput() },
  'GET /api/programmes/:programmeId': { may: 'D' },
  'PUT /api/programmes/:programmeId': {
    may: 'D',
    body: () => ({ ...programmeInput(), version: 99 }),
  },
  'DELETE /api/programmes/:programmeId': { may: 'D' },
  'POST /api/programmes/:programmeId/other-dates': {
    may: 'D',
    body: () => ({ startsOn: null, monthsBetween: 2 }),
  },
  'GET /api/programmes/:programmeId/mails/:position': {
    may: 'D',
    params: () => ({ position: '1' }),
    query: { language: 'fr' },
  },
  'POST /api/programmes/:programmeId/launch': {
    may: 'D',
    body: () => ({ version: 99, people: 1 }),
  },
  'POST /api/programmes/:programmeId/end': { may: 'D', body: () => ({ version: 99 }) },
  'POST /api/programmes/:programmeId/pauses': {
    may: 'D',
    body: () => ({ from: '2099-01-01', until: null }),
  },
  'DELETE /api/programmes/:programmeId/pauses': { may: 'D' },
  'GET /api/programmes/:programmeId/people': { may: 'D', query: { search: 'Sacha' } },
  'POST /api/programmes/:programmeId/people/:personId/pauses': {
    may: 'D',
    body: () => ({ from: '2099-01-01', until: null }),
  },
  'DELETE /api/programmes/:programmeId/people/:personId/pauses': { may: 'D' },
  'GET /api/reminder-links/:token': { may: everybody },
  'POST /api/reminder-links/:token/finish': { may: everybody },
  'GET /api/reminder-links/:token/answering': { may: everybody },
  'POST /api/anonymous-answers': {
    may: everybody,
    body: () => ({
      id: crypto.randomUUID(),
      credential: 'nobody’s',
      position: 1,
      question: 'began',
      value: 'yes',
    }),
    after: [410],
  },
  'GET /api/programmes/:programmeId/answers': { may: 'D' },
  'GET /api/programme-links/:token': { may: everybody },
  'PUT /api/programme-links/:token/pause': {
    may: everybody,
    body: () => ({ until: '2099-01-01' }),
  },
  'DELETE /api/programme-links/:token/pause': { may: everybody },
  'PUT /api/programme-links/:token/stop': { may: everybody, body: () => ({ stopped: false }) },

  'GET /api/regions/:regionId/workshops': { may: 'D' },
  'GET /api/regions/:regionId/workshops/live': { may: 'D' },
  'POST /api/regions/:regionId/workshop-audience': {
    may: 'D',
    body: () => ({ audience: { who: 'everybody', siteIds: [] } }),
  },
  'POST /api/regions/:regionId/workshops': {
    may: 'D',
    body: () => ({
      course: 'half-full-glass',
      title: 'Un atelier',
      audience: { who: 'everybody', siteIds: [] },
      sessions: [],
    }),
  },
  'GET /api/workshops/:workshopId': { may: 'D' },
  'PUT /api/workshops/:workshopId': {
    may: 'D',
    body: () => ({
      version: 99,
      course: 'half-full-glass',
      title: 'Un atelier',
      audience: { who: 'everybody', siteIds: [] },
    }),
  },
  'DELETE /api/workshops/:workshopId': { may: 'D' },
  'POST /api/workshops/:workshopId/sessions': { may: 'D', body: aSession },
  'POST /api/workshops/:workshopId/proposal': {
    may: 'D',
    body: () => ({ version: 99, people: 1, chooseUntil: '2099-01-01' }),
  },
  'GET /api/workshops/:workshopId/seating': { may: 'D' },
  'POST /api/workshops/:workshopId/seating': {
    may: 'D',
    body: () => ({ ...old(), ...fingerprint() }),
  },
  'PUT /api/workshops/:workshopId/people/:personId/seat': { may: 'D', body: inSession },
  'POST /api/workshops/:workshopId/cancellation': { may: 'D', body: old },
  'PUT /api/workshop-sessions/:sessionId': {
    may: 'D',
    body: (world) => ({ ...aSession(world), ...old() }),
  },
  'POST /api/workshop-sessions/:sessionId/cancellation': { may: 'D', body: old },
  'GET /api/workshop-sessions/:sessionId/seats': { may: 'D' },
  'PUT /api/workshop-sessions/:sessionId/people/:personId/attendance': {
    may: 'D',
    body: () => ({ attended: null }),
  },
  'GET /api/workshop-links/:token': { may: everybody },
  'PUT /api/workshop-links/:token/choices': {
    may: everybody,
    body: () => ({ choices: [], declined: false }),
  },
  'PUT /api/workshop-links/:token/seat': { may: everybody, body: inSession },
  'PUT /api/workshop-links/:token/waiting': {
    may: everybody,
    body: (world) => ({ ...inSession(world), waiting: true }),
  },
  'PUT /api/workshop-links/:token/arrival': { may: everybody, body: () => ({ code: '000 000' }) },
  'GET /api/facilitator-links/:token': { may: everybody },
  'GET /api/facilitator-links/:token/live': { may: everybody },
  'PUT /api/facilitator-links/:token/people/:personId/attendance': {
    may: everybody,
    body: () => ({ attended: null }),
  },
  'GET /api/facilitator-links/:token/people': { may: everybody, query: { search: 'Sacha' } },
  'POST /api/facilitator-links/:token/people': {
    may: everybody,
    body: ({ bystander }) => ({ personId: bystander.id }),
  },
  'GET /api/workshop-rooms/:token': { may: everybody },
  'PUT /api/workshop-rooms/:token/people/:personId': { may: everybody },

  // These end something: after everything else.
  'DELETE /api/workshop-links/:token/seat': { may: everybody },
  // Ended by whoever came first.
  'POST /api/programmes/:programmeId/people/:personId/links': { may: 'D' },
  'POST /api/programme-links/:token/renewal': { may: everybody, after: [410] },
  'POST /api/reminder-links/:token/again': { may: everybody, after: [429] },
  'POST /api/programme-links/:token/again': { may: everybody, after: [429] },
  'DELETE /api/action-links/:token': { may: everybody, after: [410] },
  'POST /api/slots/:slotId/link': { may: 'H D' },
  'POST /api/placements/:placementId/link': { may: 'G D' },
  'POST /api/days/:dayId/plans': { may: 'D', body: () => ({}) },
  'DELETE /api/days/:dayId/signup': { may: ofRoster, after: [404] },
  'POST /api/days/:dayId/cancellation': { may: 'D', body: fingerprint },
}

let test: TestApp
let world: World
let cookies: Record<Kind, string | undefined>
beforeAll(async () => {
  test = await startTestApp()
  const { db, clock, services } = test
  const lived = await livedDay(test)
  const now = clock.now()
  const { regionId } = lived.region
  const other = await makeRegion(db, now)
  const otherSite = await makeSite(db, now, other.regionId)
  const stranger = await makePerson(db, now, otherSite)
  const elsewhere = await makeSite(db, now, regionId, { town: 'Mont-de-Marsan' })
  const written = await inTransaction(db, async (trx) => {
    const dayId = lived.day.id
    const batch = { regionId, dayId, purpose: 'sign-up', createdBy: null }
    const batchId = await openBatch(trx, batch, now)
    const { id, firstName, email } = lived.bystander
    const mail = {
      regionId,
      dayId,
      batchId,
      purpose: 'sign-up',
      to: { name: firstName, address: email! },
      language: 'fr' as const,
      subject: 'Inscriptions',
      text: '',
      html: '',
    }
    await enqueueMails(trx, [mail], now, services.mailDomain)
    const invitees = await days.ensureInvitees(trx, lived.day, [id], now)
    const { id: mailId } = await trx
      .selectFrom('outbox')
      .select('id')
      .where('batch_id', '=', batchId)
      .executeTakeFirstOrThrow()
    const offerId = newId(now)
    await trx
      .insertInto('seat_offers')
      .values({
        id: offerId,
        region_id: regionId,
        day_id: dayId,
        slot_id: lived.unvisited.id,
        person_id: lived.guests[0]!.id,
        rank: 1,
        status: 'declined',
        made_at: now,
        expires_at: new Date(now.getTime() + 3_600_000),
        ended_at: now,
        withdrawn_reason: null,
        placement_id: null,
      })
      .execute()
    const handoverId = newId(now)
    await trx
      .insertInto('handovers')
      .values({
        id: handoverId,
        region_id: regionId,
        day_id: dayId,
        slot_id: lived.slot.id,
        from_id: lived.slot.hostId,
        to_id: lived.bystander.id,
        status: 'declined',
        asked_at: now,
        expires_at: new Date(now.getTime() + 3_600_000),
        ended_at: now,
      })
      .execute()
    const optOutToken = deriveToken(services.secret, 'opt-out', invitees.get(id)!, 1)
    const answerId = newId(now)
    await trx
      .insertInto('inbound_mails')
      .values({
        id: answerId,
        identity: 'a letter',
        verdict: 'held',
        reason: 'unknown-event',
        region_id: regionId,
        sent_at: now,
        received_at: now,
      })
      .execute()
    return { batchId, mailId, answerId, optOutToken, offerId, handoverId }
  })
  const [plan] = await matching.plansOfDay(db, lived.day.id)
  const { room } = await lived.callers.director.ask(debriefRoutes.open, {
    params: { dayId: lived.day.id },
    body: { hearts: 3 },
  })
  const action = await planned(lived, { ownerId: lived.guests[0]!.id })
  const actionToken = await ownerToken(test, lived, lived.guests[0]!.id)
  const acted = { actionId: action.id, actionToken }
  const reminded = await runningProgramme(test, regionId, lived.guests[0]!.id)
  const { sessionId: workshopSessionId, ...led } = await runningWorkshop(test, {
    regionId,
    director: lived.callers.director,
    site: lived.shop,
    facilitator: lived.host,
    sitter: lived.guests[0]!,
  })
  world = {
    ...lived,
    ...written,
    ...acted,
    ...reminded,
    ...led,
    workshopSessionId,
    elsewhere,
    planId: plan!.id,
    debriefCode: room!.code,
  }
  const signIn = async (accountId: string) => (await test.signedIn(accountId)).cookie
  cookies = {
    N: undefined,
    E: lived.callers.bystander.cookie,
    G: lived.callers.guests[0]!.cookie,
    H: lived.callers.host.cookie,
    O: await signIn(stranger.accountId!),
    C: await signIn(await makeCoordinator(db, now, lived.shop)),
    c: await signIn(await makeCoordinator(db, now, elsewhere)),
    D: lived.callers.director.cookie,
    d: await signIn(other.director),
    T: await signIn(await makeTrainer(db, now, regionId)),
    A: await signIn(lived.region.administrator),
  }
})
afterAll(() => test.close())

const nameOf = ({ method, path }: Pick<RouteContract, 'method' | 'path'>) => `${method} ${path}`
const contracts = new Map(Object.values(allRoutes).map((one) => [nameOf(one), one]))

describe.each(Object.entries(table))('%s', (name, row) => {
  it(`lets through ${row.may}`, async () => {
    const contract = contracts.get(name)
    expect(contract, 'a row of the table without a contract').toBeDefined()
    const through: string[] = []
    for (const kind of Object.keys(kinds) as Kind[]) {
      if (await isLetThrough(contract!, row, cookies[kind])) through.push(kind)
    }
    expect(through.join(' ')).toBe(row.may)
  })
})

/** Whether the policy said yes, whatever the rest of the route then answered. */
async function isLetThrough(contract: RouteContract, row: Row, cookie: string | undefined) {
  const params: Record<string, string> = { ...paramsOf(contract.path), ...row.params?.(world) }
  const url = contract.path.replace(/:(\w+)/g, (_, name) => params[name] ?? noSuch)
  const body = row.body?.(world)
  const response = await answerOf(test.app, {
    method: contract.method,
    url,
    ...(row.query ? { query: row.query } : {}),
    ...(body === undefined
      ? {}
      : { payload: body instanceof Uint8Array ? Buffer.from(body) : (body as object) }),
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(contract.body === 'bytes' ? { 'content-type': 'application/octet-stream' } : {}),
      ...(cookie ? { cookie } : {}),
    },
  })
  const { statusCode: status } = response
  const problem = status >= 400 ? JSON.parse(response.body) : undefined
  expect(status, `${cookie ? 'signed in' : 'nobody'}: ${response.body}`).toBeLessThan(500)
  // A body or an address this table got wrong would hide what the policy says.
  expect(problem?.code, response.body).not.toBe('invalid-input')
  return ![401, 403, 404, 410].includes(status) || (row.after?.includes(status) ?? false)
}

function paramsOf(path: string): Record<string, string> {
  const { secret } = test.services
  const tokens: [string, string][] = [
    ['/api/slot-links/', deriveToken(secret, 'slot', world.slot.id, world.slot.linkGeneration)],
    ['/api/placement-links/', deriveToken(secret, 'placement', world.placements[0]!, 1)],
    ['/api/opt-out-links/', world.optOutToken],
    ['/api/handover-links/', deriveToken(secret, 'handover', world.handoverId, 1)],
    [
      '/api/arrival-links/',
      deriveToken(secret, 'arrival', world.slot.id, world.slot.linkGeneration),
    ],
    ['/api/action-links/', world.actionToken],
    ['/api/reminder-links/', world.reminderToken],
    ['/api/programme-links/', world.programmeToken],
    ['/api/workshop-links/', world.workshopToken],
    ['/api/facilitator-links/', world.facilitatorToken],
    ['/api/workshop-rooms/', world.roomToken],
    ['/api/seat-offer-links/', deriveToken(secret, 'seat-offer', world.offerId, 1)],
  ]
  return {
    regionId: world.region.regionId,
    dayId: world.day.id,
    siteId: world.shop.id,
    slotId: world.slot.id,
    placementId: world.placements[0]!,
    subjectId: world.placements[0]!,
    planId: world.planId,
    offerId: world.offerId,
    personId: world.guests[0]!.id,
    batchId: world.batchId,
    choiceId: noSuch,
    findingId: noSuch,
    actionId: world.actionId,
    programmeId: world.programmeId,
    workshopId: world.workshopId,
    ...(path.startsWith('/api/workshop-sessions/') && { sessionId: world.workshopSessionId }),
    picture: 'map',
    table: 'findings',
    mailId: world.mailId,
    answerId: world.answerId,
    code: world.debriefCode,
    ballotId: noSuch,
    irritantId: world.observing.irritants[0]!.id,
    roleId: world.seller.id,
    token: tokens.find(([start]) => path.startsWith(start))?.[1] ?? '',
  }
}

describe('the table', () => {
  it('lists every contract, and every contract is in the list of all routes', () => {
    expect([...contracts.keys()].filter((name) => !table[name])).toEqual([])
  })

  it('knows every route the server answers under /api', () => {
    const registered = registeredRoutes().filter(
      (name) => !/ \/api\/(docs|openapi\.json)/.test(name),
    )
    expect(registered.length).toBeGreaterThan(50)
    expect(registered.filter((name) => !contracts.has(name))).toEqual([])
    expect([...contracts.keys()].filter((name) => !registered.includes(name))).toEqual([])
  })
})

/** « METHOD /path » of everything the router knows; HEAD comes with GET. */
function registeredRoutes(): string[] {
  const parents: string[] = []
  return test.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│ ]*)[├└]── (\S*) \((.+)\)/.exec(line)
      if (!match) return []
      const [, indent = '', part = '', methods = ''] = match
      const depth = indent.length / 4
      const path = (parents[depth - 1] ?? '') + part
      parents[depth] = path
      return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : `${method} ${path}`))
    })
    .filter((name) => name.includes(' /api/'))
}
