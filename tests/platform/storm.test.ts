import { afterAll, beforeAll, expect, it } from 'vitest'
import { deriveToken } from '#server/platform/capabilities.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { signupRoutes } from '#shared/signup/signup.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { makeSmallDay, publish, readyPlan } from '../invitations/invitations.factory.ts'
import { slotDetails } from '../slots/slots.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

// Everybody presses everything at the same moment: whoever loses is told, and nothing breaks.

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const names = ['Léa', 'Karim', 'Inès', 'Noé', 'Zoé', 'Ana']

it('ends in one valid state before publication', async () => {
  const made = await makeSmallDay(test, { hosts: names.map((n) => `H${n}`), guests: names })
  const planId = await readyPlan(test, made.day)
  const { director } = made
  const params = { dayId: made.day.id }
  const { fingerprint } = await director.ask(invitationsRoutes.publicationPreview, {
    params: { planId },
  })
  const work: Promise<{ status: number; problem?: unknown }>[] = []
  const linkOf = (slot: (typeof made.slots)[number]) =>
    deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration)
  const guests: Caller[] = []
  for (const guest of made.guests) guests.push(await test.signedIn(guest.accountId!))
  for (const [index, slot] of made.slots.entries()) {
    const token = linkOf(slot)
    work.push(
      test.nobody.call(slotsRoutes.answerOffer, {
        params: { token },
        body:
          index % 2
            ? { answer: 'no' }
            : { answer: 'yes', details: slotDetails(made.day, 'afternoon') },
      }),
      director.call(slotsRoutes.release, {
        params: { slotId: slot.id },
        body: index % 3 ? { release: 'released' } : { release: 'refused', reason: 'Inventaire' },
      }),
      director.call(invitationsRoutes.publish, { params: { planId }, body: { fingerprint } }),
      director.call(matchingRoutes.requestPlan, { params, body: {} }),
      director.call(daysRoutes.openSignUp, { params, body: { invite: false } }),
      director.call(daysRoutes.closeSignUp, { params }),
      guests[index]!.call(signupRoutes.cancelSignup, { params }),
      guests[index]!.call(signupRoutes.submitWishes, {
        params,
        body: { wishes: [{ roleId: null, periodId: null, place: 'any' }] },
      }),
      director.call(matchingRoutes.setPin, {
        params,
        body: { personId: made.guests[index]!.id, slotId: slot.id, kind: 'pin' },
      }),
      director.call(slotsRoutes.setCaps, {
        params: { ...params, siteId: slot.siteId },
        body: { limit: 3, caps: [] },
      }),
      test.runJobs().then(() => ({ status: 200 })),
    )
  }
  const answers = await Promise.all(work)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
})

it('ends in one valid state after publication', async () => {
  const made = await makeSmallDay(test, { hosts: names.map((n) => `H${n}`), guests: names })
  const planId = await readyPlan(test, made.day)
  const { started } = await publish(made, planId)
  const { director } = made
  const params = { dayId: made.day.id }
  const second = await readyPlan(test, made.day)
  const { fingerprint } = await director.ask(invitationsRoutes.publicationPreview, {
    params: { planId: second },
  })
  const placements = await test.db
    .selectFrom('placements')
    .selectAll()
    .where('day_id', '=', made.day.id)
    .execute()
  const guests: Caller[] = []
  for (const guest of made.guests) guests.push(await test.signedIn(guest.accountId!))
  const work: Promise<{ status: number; problem?: unknown }>[] = []
  for (const [index, slot] of made.slots.entries()) {
    const token = deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration)
    const place = placements[index]
    work.push(
      test.nobody.call(confirmationsRoutes.answerSlotLink, {
        params: { token },
        body: { answer: index % 2 ? 'no' : 'yes' },
      }),
      guests[index]!.call(signupRoutes.cancelSignup, { params }),
      director.call(invitationsRoutes.publish, {
        params: { planId: second },
        body: { fingerprint },
      }),
      director.call(invitationsRoutes.stopBatch, { params: { batchId: started.batchId! } }),
      director.call(invitationsRoutes.heldPreview, { params }),
      director.call(invitationsRoutes.cancellationPreview, { params }),
      director.call(matchingRoutes.requestPlan, { params, body: {} }),
      test.runJobs().then(() => ({ status: 200 })),
    )
    if (place) {
      const token = deriveToken(test.services.secret, 'placement', place.id, place.link_generation)
      for (const answer of ['yes', 'no'] as const) {
        work.push(
          test.nobody.call(confirmationsRoutes.answerPlacementLink, {
            params: { token },
            body: { answer },
          }),
        )
      }
    }
  }
  const answers = await Promise.all(work)
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  // Nobody is expected by a host who said no, and nobody who left is expected.
  const standing = await test.db
    .selectFrom('placements')
    .innerJoin('slots', 'slots.id', 'placements.slot_id')
    .innerJoin('signups', (join) =>
      join
        .onRef('signups.person_id', '=', 'placements.person_id')
        .onRef('signups.day_id', '=', 'placements.day_id'),
    )
    .select(['slots.status as slot', 'signups.status as signup'])
    .where('placements.day_id', '=', made.day.id)
    .where('placements.status', '=', 'active')
    .execute()
  expect(standing.filter(({ slot, signup }) => slot === 'closed' || signup !== 'active')).toEqual(
    [],
  )
})
