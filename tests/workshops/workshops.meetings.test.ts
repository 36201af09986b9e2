import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { followWorkshopAddresses } from '#server/use-cases/workshop-meetings.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { feedRoutes } from '#shared/invitations/invitations.feed.contract.ts'
import { workshopLinksRoutes } from '#shared/workshops/workshops.links.contract.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import { deliver, invitationsTo } from '../invitations/invitations.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { seated, tokenOf, workshopScene } from './workshops.factory.ts'
import {
  cancelSession,
  changeSession,
  livedWorkshop,
  tellAgain,
  toldTo,
} from './workshops.meetings.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const batchesOf = (workshopId: string) =>
  test.db.selectFrom('outbox_batches').select('id').where('workshop_id', '=', workshopId).execute()

describe('a workshop in calendars', () => {
  it('invites each seat and each facilitator once, with the link of their own page', async () => {
    const { scene, workshop } = await livedWorkshop(test)
    const [alice, bruno, chloe] = scene.people
    for (const person of [alice!, bruno!, chloe!]) {
      const [invited, ...more] = await invitationsTo(test, person.email)
      expect(more).toEqual([])
      expect(invited).toMatchObject({ method: 'REQUEST', sequence: 0, status: 'CONFIRMED' })
      expect(invited!.summary).toBe('10 de cœur – Le verre à moitié plein')
      expect(invited!.location).toContain('Salle bleue')
      expect(invited!.attendees).toHaveLength(1)
      expect(invited!.link).toBe(await tokenOf(test, workshop.id, person))
      expect(invited!.mail.text).toContain('Fanny vous attend')
    }
    const led = await invitationsTo(test, scene.facilitator.email)
    expect(led.map(({ startsAt }) => startsAt)).toEqual(
      workshop.sessions.map(({ startsAt }) => startsAt),
    )
    expect(led[0]!.mail.text).toContain('/animation/')
    expect(new Set(led.map(({ uid }) => uid)).size).toBe(2)
    expect((await tellAgain(test, workshop.id)).told).toEqual([])
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0'])
  })

  it('tells nobody before its seats are published', async () => {
    const scene = await workshopScene(test)
    const { id } = await scene.director.ask(routes.createWorkshop, {
      params: { regionId: scene.region.regionId },
      body: {
        course: 'half-full-glass',
        title: 'Le verre à moitié plein',
        audience: { who: 'frontline', roleIds: [], siteIds: [] },
        sessions: [],
      },
    })
    expect(await tellAgain(test, id)).toEqual({ told: [], unreachable: [] })
  })

  it('can be taken back as a whole while it waits, and says so to nobody afterwards', async () => {
    const scene = await workshopScene(test, ['Alice', 'Bruno'])
    const workshop = await seated(test, scene)
    const [batch] = await batchesOf(workshop.id)
    const { stopped } = await scene.director.ask(invitationsRoutes.stopBatch, {
      params: { batchId: batch!.id },
    })
    expect(stopped).toBe(4)
    await deliver(test)
    await cancelSession({ scene, workshop }, 0)
    await deliver(test)
    expect(await toldTo(test, scene.people[0]!)).toEqual([])
    expect(await toldTo(test, scene.facilitator)).toEqual([])
  })

  it('goes out after all once the director sends what was held, as it stands then', async () => {
    const scene = await workshopScene(test, ['Alice', 'Bruno'])
    const workshop = await seated(test, scene)
    // What asked them to choose has arrived before.
    await test.runJobs()
    const params = { workshopId: workshop.id }
    const outbox = () => scene.director.ask(invitationsRoutes.workshopOutbox, { params, query: {} })
    const written = await outbox()
    expect(written).toMatchObject({ held: 0, counts: { waiting: 4, sent: 2 } })
    expect(written.batches).toMatchObject([{ purpose: 'workshop', waiting: 4 }])
    const read = await scene.director.ask(invitationsRoutes.outboxMail, {
      params: { mailId: written.mails[0]!.id },
    })
    expect(read.text).not.toMatch(/\/(?:atelier|animation)\//)
    const { id: batchId } = written.batches[0]!
    await scene.director.ask(invitationsRoutes.stopBatch, { params: { batchId } })
    expect(await outbox()).toMatchObject({ held: 4, counts: { waiting: 0, stopped: 4 } })
    await changeSession({ scene, workshop }, 0, { startsAt: '14:00', endsAt: '15:00' })
    await deliver(test)
    expect(await toldTo(test, scene.people[0]!)).toEqual([])
    const preview = await scene.director.ask(invitationsRoutes.workshopHeldPreview, { params })
    expect(preview).toMatchObject({ total: 4 })
    expect(preview.recipients.map(({ name, about }) => `${name} ${about}`).join('\n')).toMatch(
      /Alice .*Le verre à moitié plein.*14/,
    )
    const body = { fingerprint: preview.fingerprint }
    const sent = await scene.director.ask(invitationsRoutes.sendWorkshopHeld, { params, body })
    expect(sent.mails).toBe(4)
    const again = await scene.director.call(invitationsRoutes.sendWorkshopHeld, { params, body })
    expect(again.problem?.code).toBe('preview-outdated')
    await deliver(test)
    expect(await toldTo(test, scene.people[0]!)).toEqual(['REQUEST 0'])
    const [invited] = await invitationsTo(test, scene.people[0]!.email)
    expect(invited!.mail.text).toMatch(/14\sh/)
  })

  it('moves with its session: another hour asks again, another facilitator does not', async () => {
    const lived = await livedWorkshop(test)
    const { scene } = lived
    const [alice, , chloe] = scene.people
    await changeSession(lived, 0, { startsAt: '14:00', endsAt: '15:00' })
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'REQUEST 1'])
    expect(await toldTo(test, chloe!)).toEqual(['REQUEST 0'])
    const [, moved] = await invitationsTo(test, alice!.email)
    expect(moved!.mail.text).toContain('Nouvel horaire')
    const nadia = await makePerson(test.db, test.clock.now(), scene.dax, { firstName: 'Nadia' })
    const hour = { startsAt: '14:00', endsAt: '15:00' }
    await changeSession(lived, 0, { ...hour, facilitatorId: nadia.id })
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'REQUEST 1', 'REQUEST 1'])
    const last = (await invitationsTo(test, alice!.email)).at(-1)!
    expect(last.mail.text).toContain('Ce n’est plus Fanny mais Nadia qui anime')
    expect(await toldTo(test, nadia)).toEqual(['REQUEST 0'])
    const left = (await invitationsTo(test, scene.facilitator.email)).at(-1)!
    expect(left).toMatchObject({ method: 'CANCEL', sequence: 2 })
    expect(left.mail.text).toContain('Bonjour Fanny,')
    expect(left.mail.text).toContain('n’est plus à votre charge')
  })

  it('makes one mail of several changes in a row, and none of one that was undone', async () => {
    const lived = await livedWorkshop(test)
    const [alice] = lived.scene.people
    await changeSession(lived, 0, { startsAt: '14:00', endsAt: '15:00' })
    await changeSession(lived, 0, { startsAt: '15:00', endsAt: '16:00' })
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'REQUEST 1'])
    await changeSession(lived, 0, { startsAt: '09:00', endsAt: '10:00' })
    await changeSession(lived, 0, { startsAt: '15:00', endsAt: '16:00' })
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'REQUEST 1'])
  })

  it('frees calendars of a cancelled session, and of whoever gives their seat up', async () => {
    const lived = await livedWorkshop(test)
    const { scene, workshop } = lived
    const [alice, bruno, chloe] = scene.people
    const params = { token: await tokenOf(test, workshop.id, alice!) }
    await test.nobody.ask(workshopLinksRoutes.giveSeatUp, { params })
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'CANCEL 1'])
    const given = (await invitationsTo(test, alice!.email)).at(-1)!
    expect(given.mail.text).toMatch(/quelqu’un d’autre\s+pourra la prendre/)
    expect(given.mail.text).toContain('/atelier/')
    await cancelSession(lived, 1)
    await deliver(test)
    const gone = (await invitationsTo(test, chloe!.email)).at(-1)!
    expect(gone).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' })
    expect(gone.mail.text).toContain('n’aura pas lieu')
    expect(await toldTo(test, bruno!)).toEqual(['REQUEST 0'])
    expect(await toldTo(test, scene.facilitator)).toEqual(['REQUEST 0', 'REQUEST 0', 'CANCEL 1'])
  })

  it('frees every calendar of a cancelled workshop but those of sessions that have been', async () => {
    const { scene, workshop } = await livedWorkshop(test)
    const [alice, , chloe] = scene.people
    const before = test.clock.now()
    test.clock.set('2027-03-16T12:00:00Z')
    const { version } = await scene.director.ask(routes.workshop, {
      params: { workshopId: workshop.id },
    })
    await scene.director.ask(routes.cancelWorkshop, {
      params: { workshopId: workshop.id },
      body: { version },
    })
    await deliver(test)
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0'])
    expect(await toldTo(test, chloe!)).toEqual(['REQUEST 0', 'CANCEL 1'])
    expect(await toldTo(test, scene.facilitator)).toEqual(['REQUEST 0', 'REQUEST 0', 'CANCEL 1'])
    test.clock.set(before.toISOString())
  })

  it('stands in the feed of whoever follows their calendar, and leaves it again', async () => {
    const lived = await livedWorkshop(test)
    const { cookie: _, ...led } = await test.signedIn(lived.scene.facilitator.accountId!)
    const { url } = await led.ask(feedRoutes.myFeed, {})
    const feed = async () =>
      (await test.app.inject({ method: 'GET', url: new URL(url).pathname })).body
    const [invited] = await invitationsTo(test, lived.scene.facilitator.email)
    expect((await feed()).match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(await feed()).toContain(`UID:${invited!.uid}`)
    expect(await feed()).not.toContain('/animation/')
    await cancelSession(lived, 0)
    await deliver(test)
    expect((await feed()).match(/BEGIN:VEVENT/g)).toHaveLength(1)
  })

  it('follows a corrected address, and frees the former one', async () => {
    const { scene, workshop } = await livedWorkshop(test)
    const [alice, bruno] = scene.people
    await test.db
      .updateTable('people')
      .set({ email: 'alice.corrigee@region.example' })
      .where('id', '=', alice!.id)
      .execute()
    const follow = () =>
      inTransaction(test.db, (trx) =>
        followWorkshopAddresses(
          trx,
          workshop.id,
          test.clock.now(),
          repairSetting(test.services),
          {},
        ),
      )
    expect((await follow()).map(({ telling }) => telling)).toEqual(['cancel', 'invite'])
    expect(await follow()).toEqual([])
    await deliver(test)
    expect(await toldTo(test, { email: 'alice.corrigee@region.example' })).toEqual(['REQUEST 0'])
    expect(await toldTo(test, alice!)).toEqual(['REQUEST 0', 'CANCEL 1'])
    expect(await toldTo(test, bruno!)).toEqual(['REQUEST 0'])
  })
})
