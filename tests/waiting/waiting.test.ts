import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activePlacements, endPlacement } from '#server/features/matching/matching.service.ts'
import { cancelSignup } from '#server/features/signup/signup.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { signupRoutes } from '#shared/signup/signup.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import { deliver, invitationsTo, publish, readyPlan } from '../invitations/invitations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  answerOffer,
  declineSlot,
  giveBack,
  makeWaitingDay,
  offered,
  offers,
  offerToken,
  pendingOffer,
  repair,
  seating,
  type WaitingDay,
} from './waiting.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(() => test.clock.set('2027-04-27T11:00:00+02:00'))
afterAll(() => test.close())

const signedIn = (made: WaitingDay, name: string) => test.signedIn(made.guest(name).accountId!)
const mine = async (made: WaitingDay, name: string) =>
  (await signedIn(made, name)).ask(routes.mine, { params: { dayId: made.day.id } })
/** All mails about a place offered to somebody, oldest first. */
async function seatMails(made: WaitingDay, name: string) {
  await deliver(test)
  const listed = await test.mailbox.listMails({ to: made.guest(name).email! })
  const mails = await Promise.all(listed.map(({ id }) => test.mailbox.readMail(id)))
  return mails.flatMap((mail) => (mail?.text.includes('/offre/') ? [mail] : [])).reverse()
}

const move = (made: WaitingDay, startsAt: string, endsAt: string) =>
  made.director.call(slotsRoutes.move, {
    params: { slotId: made.slot('Marion').id },
    body: { startsAt, endsAt },
  })

/** The mails that offered somebody a place, oldest first. */
const offerMails = async (made: WaitingDay, name: string) =>
  (await seatMails(made, name)).filter(({ subject }) => subject.includes('une place s’est libérée'))

/** Everybody placed gives their place back in one go. */
async function freeEverything(made: WaitingDay): Promise<void> {
  await inTransaction(test.db, async (trx) => {
    for (const { id, personId } of await activePlacements(trx, made.day.id)) {
      await endPlacement(trx, id, 'guest-cancelled', test.clock.now())
      await cancelSignup(trx, made.day.id, personId, test.clock.now())
    }
  })
  await repair(test, made)
}

/** One place, three who would like it; the two left wait in the order drawn. */
async function oneOfThree() {
  const made = await makeWaitingDay(
    test,
    { Marion: {} },
    { Léa: ['any'], Karim: ['any'], Inès: ['any'] },
  )
  const [placed] = (await seating(test, made)).Marion!
  const others = ['Léa', 'Karim', 'Inès'].filter((name) => name !== placed)
  const positions = await Promise.all(others.map((name) => mine(made, name)))
  const [first, second] = positions[0]!.position === 1 ? others : others.toReversed()
  return { made, placed: placed!, first: first!, second: second! }
}

describe('the waiting list', () => {
  it('tells everybody without a place where they stand, and nobody else', async () => {
    const { made, placed, first, second } = await oneOfThree()
    expect(await mine(made, placed)).toMatchObject({ position: null, offer: null, free: [] })
    expect(await mine(made, first)).toMatchObject({ position: 1, waiting: 2, offer: null })
    expect(await mine(made, second)).toMatchObject({ position: 2, waiting: 2, freeInAll: 0 })
  })

  it('puts who lost a place before everybody else', async () => {
    const { made, placed, first } = await oneOfThree()
    await declineSlot(test, made.slot('Marion'))
    expect(await mine(made, placed)).toMatchObject({ position: 1, waiting: 3 })
    expect(await mine(made, first)).toMatchObject({ position: 2 })
  })

  it('does not keep who gave their place back', async () => {
    const { made, placed, first } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    expect(await mine(made, placed)).toMatchObject({ position: null })
    expect(await mine(made, first)).toMatchObject({ position: 1, waiting: 2 })
  })
})

describe('a freed place', () => {
  it('is offered to the first by mail, and held for them', async () => {
    const { made, placed, first, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    expect(await offered(test, made)).toEqual([first])
    const [mail, ...more] = await offerMails(made, first)
    expect(more).toEqual([])
    const offer = await pendingOffer(test, made)
    expect(mail!.text).toContain(`/offre/${offerToken(test, offer).token}`)
    expect(mail!.text).toContain('mercredi 28 avril à 11')
    expect(mail!.subject).not.toContain(made.guest(first).lastName)
    expect(await offerMails(made, second)).toEqual([])
    expect(await mine(made, second)).toMatchObject({ position: 2, freeInAll: 0 })
  })

  it('waits for a button: whoever opens the link changes nothing', async () => {
    const { made, placed } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    for (const method of ['GET', 'HEAD'] as const) {
      const { token } = offerToken(test, offer)
      await test.app.inject({ method, url: `/offre/${token}` })
      await test.app.inject({ method, url: `/api/seat-offer-links/${token}` })
    }
    const seen = await test.nobody.ask(routes.offerLink, { params: offerToken(test, offer) })
    expect(seen).toMatchObject({ status: 'pending', seat: { hostFirstName: 'Marion', rank: 1 } })
    expect(await seating(test, made)).toEqual({})
  })

  it('becomes theirs with a yes, confirmed and in their calendar, pressed as often as they like', async () => {
    const { made, placed, first } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    for (const _ of [1, 2]) {
      const said = await answerOffer(test, offer, 'yes')
      expect(said.body).toMatchObject({ status: 'accepted', placed: true })
    }
    expect(await seating(test, made)).toEqual({ Marion: [first] })
    await deliver(test)
    const [invitation, ...more] = await invitationsTo(test, made.guest(first).email)
    expect(more).toEqual([])
    expect(invitation).toMatchObject({ method: 'REQUEST', sequence: 0 })
    const card = await (await signedIn(made, first)).ask(matchingRoutes.myCard, {
      params: { dayId: made.day.id },
    })
    expect(card).toMatchObject({ state: 'placed', why: { reason: 'offered', rank: 1 } })
    expect(await mine(made, first)).toMatchObject({ position: null, offer: null })
  })

  it('goes to the next with a no, who declined keeps their rank and is not asked again', async () => {
    const { made, placed, first, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    expect((await answerOffer(test, offer, 'no')).body).toMatchObject({ status: 'declined' })
    expect(await offered(test, made)).toEqual([second])
    expect(await mine(made, first)).toMatchObject({
      position: 1,
      offer: { status: 'declined' },
      freeInAll: 0,
    })
    await answerOffer(test, await pendingOffer(test, made), 'no')
    expect(await offered(test, made)).toEqual([])
    // Nobody on the list wants it any more: the first to come may have it after all.
    expect(await mine(made, first)).toMatchObject({ freeInAll: 1 })
  })

  it('goes to the next when time is over; a late job takes nothing from anybody', async () => {
    const { made, placed, first, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    test.clock.set('2027-04-28T11:00:00+02:00')
    expect((await answerOffer(test, offer, 'yes')).problem?.code).toBe('seat-offer-over')
    const seen = await test.nobody.ask(routes.offerLink, { params: offerToken(test, offer) })
    expect(seen.status).toBe('expired')
    expect(await mine(made, first)).toMatchObject({ position: 1, offer: { status: 'expired' } })
    await repair(test, made)
    await repair(test, made)
    expect(await offered(test, made)).toEqual([second])
    expect((await answerOffer(test, offer, 'yes')).problem?.code).toBe('seat-offer-over')
    await answerOffer(test, await pendingOffer(test, made), 'yes')
    expect(await seating(test, made)).toEqual({ Marion: [second] })
    const states = (await offers(test, made)).map(({ status }) => status)
    expect(states).toEqual(['accepted', 'expired'])
  })

  it('is offered by the job at the end of the offer before it', async () => {
    const { made, placed, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const [job] = await jobsOf(made)
    expect(new Date(job!.run_at)).toEqual((await pendingOffer(test, made)).expiresAt)
    test.clock.set('2027-04-28T11:00:00+02:00')
    await repair(test, made)
    expect(await offered(test, made)).toEqual([second])
  })

  it('goes to whom it fits, each the best-ranked seat the others leave', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Hugo: { period: 'afternoon' } },
      {
        Léa: ['morning'],
        Karim: ['afternoon'],
        // Both could take either; each would rather have the other half of the day.
        Inès: ['afternoon', 'morning'],
        Noé: ['morning', 'afternoon'],
        Zoé: ['whole-day'],
      },
    )
    await freeEverything(made)
    const pending = (await offers(test, made)).filter(({ status }) => status === 'pending')
    expect(pending.map(({ rank }) => rank)).toEqual([1, 1])
    expect(pending.map(({ to }) => to)).not.toContain('Zoé')
  })

  it.each([
    ['before its mail left', false],
    ['after its mail left', true],
  ])('says the present hours when its slot is moved %s', async (_, left) => {
    const { made, placed, first } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    if (left) await deliver(test)
    await move(made, '10:00', '11:00')
    await move(made, '10:15', '11:15')
    const told = await seatMails(made, first)
    expect(told.map(({ subject }) => /changé d’heure/.test(subject))).toEqual(
      left ? [false, true] : [true],
    )
    expect(told.at(-1)!.text).toContain('de 10\u00A0h\u00A015')
    expect(told.at(-1)!.text).not.toContain('de 10\u00A0h à')
    const { token } = offerToken(test, offer)
    expect(told.every(({ text }) => text.includes(token))).toBe(true)
    expect((await answerOffer(test, offer, 'yes')).status).toBe(200)
    expect(await seating(test, made)).toEqual({ Marion: [first] })
  })

  it('whose slot is moved forward ends while its host can still hear of it', async () => {
    test.clock.set('2027-05-19T17:00:00+02:00')
    const { made, placed } = await oneOfThree()
    await move(made, '11:00', '11:30')
    await giveBack(test, made, made.guest(placed))
    const before = await pendingOffer(test, made)
    const { startsAt } = (await move(made, '09:00', '09:30')).body!
    const after = await pendingOffer(test, made)
    const hourBefore = new Date(startsAt.getTime() - 3_600_000)
    expect(after).toMatchObject({ id: before.id, expiresAt: hourBefore })
    expect(before.expiresAt > hourBefore).toBe(true)
  })

  it('reaches who wants no mail about the day on their card only', async () => {
    const { made, placed, first } = await oneOfThree()
    const guest = await signedIn(made, first)
    await guest.ask(signupRoutes.chooseDayMail, {
      params: { dayId: made.day.id },
      body: { optedOut: true },
    })
    await giveBack(test, made, made.guest(placed))
    expect(await offerMails(made, first)).toEqual([])
    expect((await mine(made, first)).offer).toMatchObject({ status: 'pending' })
    const offer = await pendingOffer(test, made)
    const accept = { params: { offerId: offer.id }, body: { answer: 'yes' as const } }
    await guest.ask(routes.answerOffer, accept)
    expect(await seating(test, made)).toEqual({ Marion: [first] })
  })

  it('is answered by nobody else, and by no link made by hand', async () => {
    const { made, placed, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    const accept = { params: { offerId: offer.id }, body: { answer: 'yes' as const } }
    const other = await signedIn(made, second)
    expect((await other.call(routes.answerOffer, accept)).problem?.code).toBe('forbidden')
    const forged = { id: offer.id, linkGeneration: offer.linkGeneration + 1 }
    expect((await answerOffer(test, forged, 'yes')).problem?.code).toBe('link-expired')
  })

  it('is no longer offered once the day is past or cancelled', async () => {
    const { made, placed } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    test.clock.set('2027-05-21T08:00:00+02:00')
    expect((await answerOffer(test, offer, 'yes')).problem?.code).toBe('day-over')
    const seen = await test.nobody.ask(routes.offerLink, { params: offerToken(test, offer) })
    expect(seen.day.over).toBe(true)
  })
})

const jobsOf = async (made: WaitingDay) => {
  const { rows } = await test.database.pool.query(
    `select run_at from graphile_worker.jobs jobs where key like 'expire-offers:%'
     and key = any ($1)`,
    [(await offers(test, made)).map(({ id }) => `expire-offers:${id}`)],
  )
  return rows as { run_at: string }[]
}

describe('somebody who gave their place back', () => {
  const placementLink = async (made: WaitingDay, name: string) => {
    const placements = await activePlacements(test.db, made.day.id)
    const mine = placements.find(({ personId }) => personId === made.guest(name).id)!
    const { id, linkGeneration } = mine
    return { token: deriveToken(test.services.secret, 'placement', id, linkGeneration) }
  }
  const again = confirmationsRoutes.waitAgainByLink

  it('goes back on the list by the link of that place, twice at once, and by a press only', async () => {
    const { made, placed, first } = await oneOfThree()
    const params = await placementLink(made, placed)
    expect((await test.nobody.call(again, { params })).problem?.code).toBe('already-placed')
    await giveBack(test, made, made.guest(placed))
    const seen = await test.nobody.ask(confirmationsRoutes.placementLinkMeeting, { params })
    expect(seen).toMatchObject({ state: 'ended', wayBack: 'return' })
    expect((await mine(made, placed)).position).toBeNull()
    const pressed = await Promise.all([1, 2].map(() => test.nobody.call(again, { params })))
    expect(pressed.map(({ status }) => status)).toEqual([200, 200])
    expect(pressed[0]!.body).toMatchObject({ state: 'ended', wayBack: 'waiting' })
    expect((await mine(made, placed)).position).not.toBeNull()
    // What was offered meanwhile stays with whom it was offered to.
    expect(await offered(test, made)).toEqual([first])
  })

  it('is offered what is free, once more theirs by a yes and a new invitation', async () => {
    const made = await makeWaitingDay(test, { Marion: {} }, { Léa: ['any'] })
    const guest = await signedIn(made, 'Léa')
    const params = { dayId: made.day.id }
    await deliver(test)
    await giveBack(test, made, made.guest('Léa'))
    await deliver(test)
    expect(await mine(made, 'Léa')).toMatchObject({ position: null, mayReturn: true })
    await guest.ask(routes.waitAgain, { params })
    expect(await mine(made, 'Léa')).toMatchObject({ position: 1, mayReturn: false })
    expect(await offered(test, made)).toEqual(['Léa'])
    await answerOffer(test, await pendingOffer(test, made), 'yes')
    expect(await seating(test, made)).toEqual({ Marion: ['Léa'] })
    await deliver(test)
    const methods = (await invitationsTo(test, made.guest('Léa').email)).map(({ method }) => method)
    expect(methods).toEqual(['REQUEST', 'CANCEL', 'REQUEST'])
  })

  it('has no way back to a day that is cancelled, past, or was never theirs', async () => {
    const { made, placed } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const params = { dayId: made.day.id }
    const guest = await signedIn(made, placed)
    const bystander = made.director
    expect((await bystander.call(routes.waitAgain, { params })).problem?.code).toBe('forbidden')
    test.clock.set('2027-05-21T08:00:00+02:00')
    expect((await guest.call(routes.waitAgain, { params })).problem?.code).toBe('day-over')
    expect(await mine(made, placed)).toMatchObject({ mayReturn: false })
  })
})

describe('what is still free', () => {
  /** A place nobody asked for, and somebody without one. */
  const withRoom = () =>
    makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Hugo: { period: 'afternoon' } },
      { Léa: ['morning'], Karim: ['morning'] },
    )

  it('can be taken at once, outside one’s wishes too', async () => {
    const made = await withRoom()
    const [placed] = (await seating(test, made)).Marion!
    const waiter = placed === 'Léa' ? 'Karim' : 'Léa'
    const { free } = await mine(made, waiter)
    expect(free).toMatchObject([{ slotId: made.slot('Hugo').id, rank: null }])
    const take = { params: { dayId: made.day.id }, body: { slotId: free[0]!.slotId } }
    const guest = await signedIn(made, waiter)
    await guest.ask(routes.takeSeat, take)
    await guest.ask(routes.takeSeat, take)
    expect(await seating(test, made)).toEqual({ Marion: [placed], Hugo: [waiter] })
    const card = await guest.ask(matchingRoutes.myCard, { params: { dayId: made.day.id } })
    expect(card).toMatchObject({ state: 'placed', why: { reason: 'taken', rank: null } })
  })

  it('is nothing for who has a place, or gave theirs back', async () => {
    const made = await withRoom()
    const [placed] = (await seating(test, made)).Marion!
    const guest = await signedIn(made, placed!)
    const take = { params: { dayId: made.day.id }, body: { slotId: made.slot('Hugo').id } }
    expect((await guest.call(routes.takeSeat, take)).problem?.code).toBe('already-placed')
    await giveBack(test, made, made.guest(placed!))
    expect((await guest.call(routes.takeSeat, take)).problem?.code).toBe('not-waiting')
  })

  it('never is a place offered to somebody else', async () => {
    const { made, placed, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const guest = await signedIn(made, second)
    const take = { params: { dayId: made.day.id }, body: { slotId: made.slot('Marion').id } }
    expect((await guest.call(routes.takeSeat, take)).problem?.code).toBe('seat-taken')
  })

  it('lets an offer go to the next when another place is taken', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Hugo: { period: 'afternoon' } },
      { Léa: ['morning'], Karim: ['morning'], Inès: ['morning'] },
    )
    const [placed] = (await seating(test, made)).Marion!
    await giveBack(test, made, made.guest(placed!))
    const [chosen] = await offered(test, made)
    const guest = await signedIn(made, chosen!)
    const take = { params: { dayId: made.day.id }, body: { slotId: made.slot('Hugo').id } }
    await guest.ask(routes.takeSeat, take)
    const [next] = await offered(test, made)
    expect(next).toBeDefined()
    expect(next).not.toBe(chosen)
    expect(await seating(test, made)).toEqual({ Hugo: [chosen] })
  })
})

describe('publishing a new plan', () => {
  it('takes offers back, tells those it leaves without a place, and shows so beforehand', async () => {
    const { made, placed, first, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    const offer = await pendingOffer(test, made)
    const plan = await readyPlan(test, made.day)
    expect(await offered(test, made)).toEqual([first])
    const { preview } = await publish(made, plan)
    expect(await offered(test, made)).toEqual([])
    expect((await offers(test, made)).at(-1)).toMatchObject({ withdrawnReason: 'replanned' })
    const [now] = (await seating(test, made)).Marion!
    const goneTo = preview.recipients.filter(({ telling }) => telling === 'offer-gone')
    expect(goneTo).toHaveLength(now === first ? 0 : 1)
    expect((await answerOffer(test, offer, 'yes')).problem?.code).toBe('seat-offer-over')
    expect([first, second]).toContain(now)
  })
})

describe('publishing after the end of an offer no job has noticed', () => {
  it('is an offer let pass, and nobody is told that it was taken back', async () => {
    const { made, placed } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    await pendingOffer(test, made)
    test.clock.set('2027-04-28T11:00:00+02:00')
    const { preview } = await publish(made, await readyPlan(test, made.day))
    expect((await offers(test, made)).map(({ status }) => status)).toEqual(['expired'])
    expect(preview.recipients.filter(({ telling }) => telling === 'offer-gone')).toEqual([])
  })
})

describe('the director', () => {
  it('watches who waits, who was offered what, and what moved', async () => {
    const { made, placed, first, second } = await oneOfThree()
    await giveBack(test, made, made.guest(placed))
    test.clock.advance({ minutes: 5 })
    await answerOffer(test, await pendingOffer(test, made), 'no')
    const params = { dayId: made.day.id }
    const board = await made.director.ask(routes.board, { params })
    expect(board).toMatchObject({
      waiting: 2,
      freePlaces: 0,
      offers: { pending: 1, declined: 1, accepted: 0, expired: 0 },
      offered: [
        { person: { firstName: second }, status: 'pending', siteName: 'Boutique Dax' },
        { person: { firstName: first }, status: 'declined' },
      ],
      repaired: [{ person: { firstName: placed }, reason: 'guest-cancelled', to: null }],
    })
    const guest = await signedIn(made, first)
    expect((await guest.call(routes.board, { params })).problem?.code).toBe('forbidden')
  })
})
