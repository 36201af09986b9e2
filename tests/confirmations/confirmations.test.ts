import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { confirmationsRoutes as routes } from '#shared/confirmations/confirmations.contract.ts'
import { boardRoutes } from '#shared/invitations/invitations.board.contract.ts'
import { signupRoutes } from '#shared/signup/signup.contract.ts'
import {
  deliver,
  invitationsTo,
  makeSmallDay,
  publish,
  publishedDay,
  readyPlan,
  type SmallDay,
} from '../invitations/invitations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** The secret part of the link in the invitation somebody received. */
async function linkOf(person: { email: string | null }): Promise<{ token: string }> {
  const invitations = await invitationsTo(test, person.email)
  return { token: invitations[0]!.link }
}

const board = (made: SmallDay) =>
  made.director.ask(boardRoutes.confirmationBoard, { params: { dayId: made.day.id } })

describe('confirming by link', () => {
  it('shows on opening and changes nothing: a scanner confirms nothing', async () => {
    const made = await publishedDay(test)
    const host = await linkOf(made.hosts[0]!)
    const guest = await linkOf(made.guests[0]!)
    for (const method of ['GET', 'HEAD'] as const) {
      await test.app.inject({ method, url: `/creneau/${host.token}` })
      await test.app.inject({ method, url: `/api/slot-links/${host.token}/meeting` })
      await test.app.inject({ method, url: `/api/placement-links/${guest.token}` })
    }
    const seen = await test.nobody.ask(routes.placementLinkMeeting, { params: guest })
    expect(seen).toMatchObject({ state: 'open', answer: null, company: ['Marion'] })
    expect((await board(made)).guests).toMatchObject({ invited: 1, silent: 1 })
  })

  it('takes a yes from host and guest, as often as they press', async () => {
    const made = await publishedDay(test)
    const host = await linkOf(made.hosts[0]!)
    const guest = await linkOf(made.guests[0]!)
    for (const _ of [1, 2]) {
      const body = { answer: 'yes' as const }
      const one = await test.nobody.ask(routes.answerSlotLink, { params: host, body })
      expect(one).toMatchObject({ kind: 'slot', answer: 'yes', company: ['Léa'] })
      const other = await test.nobody.ask(routes.answerPlacementLink, { params: guest, body })
      expect(other).toMatchObject({ kind: 'placement', answer: 'yes' })
    }
    const { hosts, guests } = await board(made)
    expect(hosts).toMatchObject({ invited: 1, yes: 1 })
    expect(guests).toMatchObject({ invited: 1, yes: 1 })
  })

  it('shows no address and no last name to whoever holds a link', async () => {
    const made = await publishedDay(test)
    const host = await test.nobody.ask(routes.slotLinkMeeting, {
      params: await linkOf(made.hosts[0]!),
    })
    const guest = await test.nobody.ask(routes.placementLinkMeeting, {
      params: await linkOf(made.guests[0]!),
    })
    const text = JSON.stringify([host, guest])
    for (const person of [...made.hosts, ...made.guests]) {
      expect(text).not.toContain(person.lastName)
      expect(text).not.toContain('@')
    }
  })

  it('refuses a forged link, one of another kind, and one that is no token at all', async () => {
    const made = await publishedDay(test)
    const guest = await linkOf(made.guests[0]!)
    const host = await linkOf(made.hosts[0]!)
    const forged = deriveToken('another secret', 'placement', made.slots[0]!.id, 1)
    for (const token of [
      forged,
      host.token,
      guest.token.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
      'x'.repeat(45),
    ]) {
      const answer = await test.nobody.call(routes.placementLinkMeeting, { params: { token } })
      expect(answer.problem?.code).toBe('link-expired')
    }
  })

  it('tells that the day is over, and takes no answer any more', async () => {
    const other = await startTestApp()
    try {
      const made = await publishedDay(other)
      const [invitation] = await invitationsTo(other, made.guests[0]!.email)
      const params = { token: invitation!.link }
      other.clock.set('2027-05-21T00:30:00+02:00')
      const seen = await other.nobody.ask(routes.placementLinkMeeting, { params })
      expect(seen.state).toBe('over')
      const answer = await other.nobody.call(routes.answerPlacementLink, {
        params,
        body: { answer: 'yes' },
      })
      expect(answer.problem?.code).toBe('day-over')
    } finally {
      await other.close()
    }
  })
})

describe('confirming in the app', () => {
  it('is for the one concerned only', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'], capacity: 2 })
    const [one, other] = await Promise.all(
      made.guests.map(({ accountId }) => test.signedIn(accountId!)),
    )
    const params = { dayId: made.day.id }
    const [meeting, ...more] = await one!.ask(routes.myMeetings, { params })
    expect(more).toEqual([])
    const answer = { params: { placementId: meeting!.id }, body: { answer: 'yes' as const } }
    expect((await other!.call(routes.answerPlacement, answer)).problem?.code).toBe('forbidden')
    expect(await one!.ask(routes.answerPlacement, answer)).toMatchObject({ answer: 'yes' })
    const host = await test.signedIn(made.hosts[0]!.accountId!)
    const [hosted] = await host.ask(routes.myMeetings, { params })
    expect(hosted).toMatchObject({ kind: 'slot', company: ['Léa', 'Karim'].sort() })
    const slotAnswer = { params: { slotId: hosted!.id }, body: { answer: 'no' as const } }
    expect((await one!.call(routes.answerSlot, slotAnswer)).problem?.code).toBe('forbidden')
  })

  it('shows nothing of a plan that is not published', async () => {
    const made = await makeSmallDay(test)
    await readyPlan(test, made.day)
    const host = await test.signedIn(made.hosts[0]!.accountId!)
    const [meeting] = await host.ask(routes.myMeetings, { params: { dayId: made.day.id } })
    expect(meeting).toMatchObject({ state: 'too-early', company: [] })
    const answer = await host.call(routes.answerSlot, {
      params: { slotId: made.slots[0]!.id },
      body: { answer: 'yes' },
    })
    expect(answer.problem?.code).toBe('not-published')
  })
})

describe('a host who declines', () => {
  it('closes the slot, frees the calendars, and the director hears of it', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'], capacity: 2 })
    const params = await linkOf(made.hosts[0]!)
    const no = { params, body: { answer: 'no' as const } }
    const after = await test.nobody.ask(routes.answerSlotLink, no)
    expect(after).toMatchObject({ state: 'ended', answer: 'no' })
    expect((await test.nobody.ask(routes.answerSlotLink, no)).state).toBe('ended')
    await deliver(test)
    expect((await slotById(test.db, made.slots[0]!.id))?.status).toBe('closed')
    expect(await activePlacements(test.db, made.day.id)).toEqual([])
    for (const person of [...made.hosts, ...made.guests]) {
      const sent = await invitationsTo(test, person.email)
      expect(sent.map(({ method, sequence }) => [method, sequence])).toEqual([
        ['REQUEST', 0],
        ['CANCEL', 1],
      ])
      expect(sent[1]!.uid).toBe(sent[0]!.uid)
    }
    const [, cancel] = await invitationsTo(test, made.guests[0]!.email)
    expect(cancel!.mail.text).toContain('Votre hôte a dû se désister')
    const told = await test.db
      .selectFrom('outbox')
      .selectAll()
      .where('day_id', '=', made.day.id)
      .where('purpose', '=', 'plan-repaired')
      .execute()
    expect(told).toHaveLength(1)
    expect(told[0]!.text_body).toContain('2 personnes viennent de perdre leur place')
    expect(`${told[0]!.subject} ${told[0]!.text_body}`).not.toContain('Marion')
    expect((await board(made)).hosts).toMatchObject({ invited: 1, no: 1 })
  })

  it('cannot take it up again, and neither can a guest whose place went with it', async () => {
    const made = await publishedDay(test)
    const host = await linkOf(made.hosts[0]!)
    const guest = await linkOf(made.guests[0]!)
    await test.nobody.ask(routes.answerSlotLink, { params: host, body: { answer: 'no' } })
    const again = await test.nobody.call(routes.answerSlotLink, {
      params: host,
      body: { answer: 'yes' },
    })
    expect(again.problem?.code).toBe('slot-closed')
    const late = await test.nobody.call(routes.answerPlacementLink, {
      params: guest,
      body: { answer: 'yes' },
    })
    expect(late.problem?.code).toBe('placement-ended')
    const seen = await test.nobody.ask(routes.placementLinkMeeting, { params: guest })
    expect(seen).toMatchObject({ state: 'ended', endedReason: 'host-declined' })
  })

  it('may decline after having confirmed', async () => {
    const made = await publishedDay(test)
    const params = await linkOf(made.hosts[0]!)
    await test.nobody.ask(routes.answerSlotLink, { params, body: { answer: 'yes' } })
    const after = await test.nobody.ask(routes.answerSlotLink, { params, body: { answer: 'no' } })
    expect(after.state).toBe('ended')
  })
})

describe('a guest who cannot come', () => {
  it('updates the host’s event without asking for the host’s answer again', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'], capacity: 2 })
    const host = await linkOf(made.hosts[0]!)
    await test.nobody.ask(routes.answerSlotLink, { params: host, body: { answer: 'yes' } })
    const guest = await linkOf(made.guests[0]!)
    const no = { params: guest, body: { answer: 'no' as const } }
    expect(await test.nobody.ask(routes.answerPlacementLink, no)).toMatchObject({
      state: 'ended',
      endedReason: 'guest-cancelled',
    })
    await deliver(test)
    const [request, update, ...more] = await invitationsTo(test, made.hosts[0]!.email)
    expect(more).toEqual([])
    expect(update).toMatchObject({ method: 'REQUEST', sequence: 0, uid: request!.uid })
    expect(update!.stamp > request!.stamp).toBe(true)
    expect(update!.attendees).toMatchObject([{ partstat: 'ACCEPTED', rsvp: 'FALSE' }])
    expect(update!.description).toContain('Karim')
    expect(update!.description).not.toContain('Léa')
    expect((await board(made)).hosts).toMatchObject({ invited: 1, yes: 1 })
    const cancelled = await invitationsTo(test, made.guests[0]!.email)
    expect(cancelled.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
    expect(await invitationsTo(test, made.guests[1]!.email)).toHaveLength(1)
  })

  it('cancels the host’s event when nobody is left; a later guest brings a new one', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'] })
    const placed = (await activePlacements(test.db, made.day.id))[0]!
    const going = made.guests.find(({ id }) => id === placed.personId)!
    const params = await linkOf(going)
    await test.nobody.ask(routes.answerPlacementLink, { params, body: { answer: 'no' } })
    await deliver(test)
    const [, cancel] = await invitationsTo(test, made.hosts[0]!.email)
    expect(cancel!.method).toBe('CANCEL')
    expect(cancel!.mail.text).toContain('Plus personne n’est prévu')
    await publish(made, await readyPlan(test, made.day))
    await deliver(test)
    const [first, , again] = await invitationsTo(test, made.hosts[0]!.email)
    expect(again).toMatchObject({ method: 'REQUEST', sequence: 0 })
    expect(again!.uid).not.toBe(first!.uid)
    const stays = made.guests.find(({ id }) => id !== going.id)!
    expect(await invitationsTo(test, stays.email)).toHaveLength(1)
    expect(await invitationsTo(test, going.email)).toHaveLength(2)
  })

  it('frees the place as well by taking back the sign-up', async () => {
    const made = await publishedDay(test)
    const guest = await test.signedIn(made.guests[0]!.accountId!)
    await guest.ask(signupRoutes.cancelSignup, { params: { dayId: made.day.id } })
    expect(await activePlacements(test.db, made.day.id)).toEqual([])
    await deliver(test)
    const sent = await invitationsTo(test, made.guests[0]!.email)
    expect(sent.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })
})

describe('two people at once', () => {
  it('a guest confirms while the host withdraws: one valid state, one clear message', async () => {
    const made = await publishedDay(test)
    const host = await linkOf(made.hosts[0]!)
    const guest = await linkOf(made.guests[0]!)
    const [declined, confirmed] = await Promise.all([
      test.nobody.call(routes.answerSlotLink, { params: host, body: { answer: 'no' } }),
      test.nobody.call(routes.answerPlacementLink, { params: guest, body: { answer: 'yes' } }),
    ])
    expect(declined.status).toBe(200)
    if (confirmed.problem) expect(confirmed.problem.code).toBe('placement-ended')
    await deliver(test)
    expect(await activePlacements(test.db, made.day.id)).toEqual([])
    const sent = await invitationsTo(test, made.guests[0]!.email)
    expect(sent.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })

  it('host and guest both decline: each calendar is freed once', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'], capacity: 2 })
    const host = await linkOf(made.hosts[0]!)
    const links = await Promise.all(made.guests.map(linkOf))
    const answers = await Promise.all([
      test.nobody.call(routes.answerSlotLink, { params: host, body: { answer: 'no' } }),
      ...links.map((params) =>
        test.nobody.call(routes.answerPlacementLink, { params, body: { answer: 'no' } }),
      ),
    ])
    for (const { status, problem } of answers) {
      if (status !== 200) expect(problem?.code).toBe('placement-ended')
    }
    await deliver(test)
    for (const person of [...made.hosts, ...made.guests]) {
      const sent = await invitationsTo(test, person.email)
      expect(sent.filter(({ method }) => method === 'CANCEL')).toHaveLength(1)
      expect(sent.at(-1)!.method).toBe('CANCEL')
    }
  })

  it('all guests of a slot cancel at once: the host’s calendar is freed, once', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim', 'Inès'], capacity: 3 })
    const links = await Promise.all(made.guests.map(linkOf))
    const body = { answer: 'no' as const }
    const answers = await Promise.all(
      links.map((params) => test.nobody.call(routes.answerPlacementLink, { params, body })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await deliver(test)
    const sent = await invitationsTo(test, made.hosts[0]!.email)
    expect(sent.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })

  it('one host says yes and no at once: the no holds, or the yes came first', async () => {
    const made = await publishedDay(test)
    const params = await linkOf(made.hosts[0]!)
    await Promise.all([
      test.nobody.call(routes.answerSlotLink, { params, body: { answer: 'yes' } }),
      test.nobody.call(routes.answerSlotLink, { params, body: { answer: 'no' } }),
    ])
    const after = await test.nobody.ask(routes.slotLinkMeeting, { params })
    expect(after).toMatchObject({ state: 'ended', answer: 'no' })
  })
})
