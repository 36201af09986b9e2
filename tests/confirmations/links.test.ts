import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activePlacementOf } from '#server/features/matching/matching.service.ts'
import { sendProposals } from '#server/features/slots/slots.proposals.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { confirmationsRoutes as routes } from '#shared/confirmations/confirmations.contract.ts'
import { handoversRoutes } from '#shared/handovers/handovers.contract.ts'
import { feedRoutes } from '#shared/invitations/invitations.feed.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import {
  deliver,
  invitationsTo,
  makeSmallDay,
  publishedDay,
} from '../invitations/invitations.factory.ts'
import { makePerson, roleByCode } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const yes = { answer: 'yes' as const }

/** Links in the invitations somebody received, oldest first. */
async function linksTo(person: { email: string | null }) {
  await deliver(test)
  return (await invitationsTo(test, person.email)).map(({ link }) => ({ token: link }))
}

describe('a link that got about', () => {
  it('of a host leads nowhere once replaced, on any route; the next comes by mail and their yes stays', async () => {
    const made = await publishedDay(test)
    const marion = made.hosts[0]!
    const [before] = await linksTo(marion)
    await test.nobody.ask(routes.answerSlotLink, { params: before!, body: yes })
    const signedIn = await test.signedIn(marion.accountId!)
    const params = { slotId: made.slots[0]!.id }
    expect(await signedIn.ask(routes.renewSlotLink, { params })).toEqual({ mailed: true })
    const pages = [
      slotsRoutes.slotLink,
      routes.slotLinkMeeting,
      feedRoutes.slotLinkFile,
      observationsRoutes.observingBySlotLink,
      handoversRoutes.slotHandover,
    ]
    const refused = [
      ...pages.map((route) => test.nobody.call(route, { params: before! })),
      test.nobody.call(routes.answerSlotLink, { params: before!, body: { answer: 'no' } }),
      test.nobody.call(slotsRoutes.answerOffer, { params: before!, body: { answer: 'no' } }),
    ]
    for (const { status, problem } of await Promise.all(refused)) {
      expect([status, problem?.code]).toEqual([410, 'link-renewed'])
    }
    const [, after] = await linksTo(marion)
    const meeting = await test.nobody.ask(routes.slotLinkMeeting, { params: after! })
    expect(meeting).toMatchObject({ state: 'open', answer: 'yes' })
    const sent = await invitationsTo(test, marion.email)
    expect(sent.map(({ method, sequence }) => [method, sequence])).toEqual([
      ['REQUEST', 0],
      ['REQUEST', 0],
    ])
    expect(sent[1]!.uid).toBe(sent[0]!.uid)
    expect(sent[1]!.mail.text).toContain('Votre lien personnel a été remplacé')
    expect(sent[1]!.attendees).toMatchObject([{ partstat: 'ACCEPTED' }])
  })

  it('of a guest is replaced by the director too; only that person hears of it', async () => {
    const made = await publishedDay(test)
    const lea = made.guests[0]!
    const [before] = await linksTo(lea)
    const placementId = (await activePlacementOf(test.db, made.day.id, lea.id))!.id
    const renew = () => made.director.call(routes.renewPlacementLink, { params: { placementId } })
    // Pressed twice at once: two links are dead, and the one mailed works.
    expect((await Promise.all([renew(), renew()])).map(({ status }) => status)).toEqual([200, 200])
    for (const route of [routes.placementLinkMeeting, feedRoutes.placementLinkFile]) {
      const { problem } = await test.nobody.call(route, { params: before! })
      expect(problem?.code).toBe('link-renewed')
    }
    const links = await linksTo(lea)
    expect(links).toHaveLength(2)
    const params = links[1]!
    await test.nobody.ask(routes.answerPlacementLink, { params, body: yes })
    expect(await linksTo(made.hosts[0]!)).toHaveLength(1)
  })

  it('of a host who was only asked leads nowhere once replaced; they are asked once more by the next', async () => {
    const made = await makeSmallDay(test)
    const host = await makePerson(test.db, test.clock.now(), made.site, {
      role: 'field_technician',
    })
    const role = await roleByCode(test.db, made.day.regionId, 'field_technician')
    const { periodId } = made.slots[0]!
    const ask = { roleIds: [role.id], siteIds: [], periodId, capacity: 1, perSite: 1 }
    const sent = await inTransaction(test.db, (trx) =>
      sendProposals(trx, test.services, made.day.id, ask, null, null, test.clock.now()),
    )
    if (isRefusal(sent)) throw new Error(sent.refused)
    const slot = sent.slots.find(({ hostId }) => hostId === host.id)!
    const former = { token: deriveToken(test.services.secret, 'slot', slot.id, 1) }
    const signedIn = await test.signedIn(host.accountId!)
    const renew = () => signedIn.call(routes.renewSlotLink, { params: { slotId: slot.id } })
    // Pressed twice at once, before the first question left: one mail, with the last link.
    const pressed = await Promise.all([renew(), renew()])
    expect(pressed.map(({ body }) => body)).toEqual([{ mailed: true }, { mailed: true }])
    const { problem } = await test.nobody.call(slotsRoutes.slotLink, { params: former })
    expect(problem?.code).toBe('link-renewed')
    await deliver(test)
    const mails = await test.mailbox.listMails({ to: host.email! })
    expect(mails).toHaveLength(1)
    const { text } = (await test.mailbox.readMail(mails[0]!.id))!
    const params = { token: /\/creneau\/(\S+)/.exec(text)![1]! }
    expect(await test.nobody.ask(slotsRoutes.slotLink, { params })).toMatchObject({
      status: 'proposed',
    })
  })

  it('is told from one that never was ours', async () => {
    const made = await publishedDay(test)
    const { id } = made.slots[0]!
    for (const generation of [0, 2, 7]) {
      const token = deriveToken(test.services.secret, 'slot', id, generation)
      const { problem } = await test.nobody.call(routes.slotLinkMeeting, { params: { token } })
      expect(problem?.code).toBe('link-expired')
    }
  })

  it('is not replaced once there is nothing to answer', async () => {
    const made = await publishedDay(test)
    const params = { slotId: made.slots[0]!.id }
    await test.nobody.ask(routes.answerSlotLink, {
      params: (await linksTo(made.hosts[0]!))[0]!,
      body: { answer: 'no' },
    })
    const { problem } = await made.director.call(routes.renewSlotLink, { params })
    expect(problem?.code).toBe('slot-closed')
  })
})
