import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  prepared,
  proposed,
  publish,
  seated,
  sessionInput,
  tokenOf,
  type WorkshopScene,
  workshopScene,
} from './workshops.factory.ts'

let test: TestApp
let scene: WorkshopScene
beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  scene = await workshopScene(test)
})
afterAll(() => test.close())

const choose = async (workshopId: string, at: number, choices: string[], declined = false) =>
  test.nobody.call(links.chooseSessions, {
    params: { token: await tokenOf(test, workshopId, scene.people[at]!) },
    body: { choices, declined },
  })

/** Subjects of the mails somebody got, the oldest first. */
async function subjectsTo(at: number): Promise<string[]> {
  await test.runJobs()
  const mails = await test.mailbox.listMails({ to: scene.people[at]!.email! })
  return mails.map(({ subject }) => subject.replaceAll('\u00A0', ' ')).toReversed()
}

describe('preparing a workshop', () => {
  it('makes it with its sessions at once, and tells nobody', async () => {
    const workshop = await prepared(scene)
    expect(workshop).toMatchObject({ status: 'preparing', people: 4, withoutSeat: 4 })
    expect(workshop.sessions).toHaveLength(2)
    expect(workshop.sessions[0]).toMatchObject({
      siteName: scene.dax.name,
      facilitatorLeft: false,
      facilitatorSaid: null,
      startsAt: new Date('2027-03-16T09:00:00Z'),
      date: '2027-03-16',
      phase: 'to-come',
      seats: 2,
      seated: 0,
      came: null,
    })
    expect(await subjectsTo(0)).toEqual([])
  })

  it('refuses an hour that has passed, and a facilitator who leads elsewhere at that hour', async () => {
    const { id: workshopId } = await prepared(scene)
    const add = (given: object) =>
      scene.director.call(routes.addSession, {
        params: { workshopId },
        body: sessionInput(scene, given),
      })
    expect((await add({ date: '2027-02-26' })).problem?.code).toBe('session-past')
    expect((await add({ startsAt: '10:30', endsAt: '11:30' })).problem?.code).toBe(
      'facilitator-busy',
    )
    expect((await add({ startsAt: '11:00', endsAt: '12:00' })).status).toBe(200)
    expect((await add({ date: '2027-03-18', siteId: null, place: '' })).status).toBe(400)
  })

  it('gives a facilitator one session at an hour, of several workshops at the same moment too', async () => {
    const made = []
    for (const date of ['2027-03-16', '2027-03-17', '2027-03-18']) {
      made.push(await prepared(scene, [{ date }]))
    }
    const said = await Promise.all(
      made.map(({ id: workshopId }) =>
        scene.director.call(routes.addSession, {
          params: { workshopId },
          body: sessionInput(scene, { date: '2027-03-19' }),
        }),
      ),
    )
    expect(said.map(({ problem }) => problem?.code ?? 'added').sort()).toEqual([
      'added',
      'facilitator-busy',
      'facilitator-busy',
    ])
  })

  it('knows nothing of another region’s people and sites', async () => {
    const other = await workshopScene(test)
    const { id: workshopId } = await prepared(scene)
    for (const given of [{ facilitatorId: other.facilitator.id }, { siteId: other.pau.id }]) {
      const body = sessionInput(scene, { date: '2027-03-19', ...given })
      const answer = await scene.director.call(routes.addSession, { params: { workshopId }, body })
      expect(answer.problem?.code).toBe('not-found')
    }
    const answer = await other.director.call(routes.workshop, { params: { workshopId } })
    expect(answer.status).toBe(403)
  })

  it('lets the second of two directors see what the first changed', async () => {
    const { id: workshopId, version, audience, course } = await prepared(scene)
    const change = (title: string) =>
      scene.director.call(routes.changeWorkshop, {
        params: { workshopId },
        body: { version, title, audience, course },
      })
    const said = await Promise.all([change('Un titre'), change('Un autre titre')])
    expect(said.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is not for whoever leads one of its sessions', async () => {
    const [leader] = scene.people
    const own = await prepared(scene, [{ facilitatorId: leader!.id }])
    expect(own.people).toBe(3)
    const params = { workshopId: own.id }
    const { people } = await scene.director.ask(routes.seating, { params })
    expect(people.map(({ personId }) => personId)).not.toContain(leader!.id)
  })

  it('is thrown away only while nobody knows of it', async () => {
    const { id: workshopId } = await prepared(scene)
    await scene.director.ask(routes.removeWorkshop, { params: { workshopId } })
    const { id } = await proposed(scene)
    const answer = await scene.director.call(routes.removeWorkshop, { params: { workshopId: id } })
    expect(answer.problem?.code).toBe('workshop-proposed')
  })
})

describe('asking people which sessions suit them', () => {
  it('writes to everybody it is for, with a link that changes nothing by being opened', async () => {
    const workshop = await proposed(scene)
    expect(workshop).toMatchObject({ status: 'choosing', people: 4, answered: 0 })
    expect(await subjectsTo(0)).toEqual(['« 10 de cœur » : choisissez votre séance de l’atelier'])
    const token = await tokenOf(test, workshop.id, scene.people[0]!)
    const page = await test.nobody.ask(links.linkedWorkshop, { params: { token } })
    expect(page).toMatchObject({ firstName: 'Alice', choosing: true, choices: [], seat: null })
    expect(page.sessions[0]).toMatchObject({ status: 'to-come', free: 0, kilometres: 0 })
    expect(page.courseTitle.fr).toBe('Le verre à moitié plein')
  })

  it('shows a director what was written to whom, so that no question is lost unseen', async () => {
    const { id: workshopId } = await proposed(scene)
    const written = await scene.director.ask(invitationsRoutes.workshopOutbox, {
      params: { workshopId },
      query: {},
    })
    expect(written.counts).toMatchObject({ waiting: 4 })
    const addresses = scene.people.map(({ email }) => email).sort()
    expect(written.mails.map(({ toAddress }) => toAddress).sort()).toEqual(addresses)
    const params = { mailId: written.mails[0]!.id }
    const read = await scene.director.ask(invitationsRoutes.outboxMail, { params })
    expect(read.text + read.html).not.toMatch(/\/atelier\//)
  })

  it('refuses to ask other people than were shown', async () => {
    const { id: workshopId, version } = await prepared(scene)
    const answer = await scene.director.call(routes.propose, {
      params: { workshopId },
      body: { version, people: 3, chooseUntil: '2027-03-08' },
    })
    expect(answer.problem?.code).toBe('workshop-people-changed')
    expect(await subjectsTo(0)).toEqual([])
  })

  it('keeps the last word of each, up to three sessions in order, or none of them', async () => {
    const { id, sessions } = await proposed(scene)
    const [first, second] = sessions.map((session) => session.id)
    await choose(id, 0, [first!])
    const { body } = await choose(id, 0, [second!, first!])
    expect(body?.choices).toEqual([second, first])
    await choose(id, 1, [], true)
    const {
      answered,
      declined,
      sessions: now,
    } = await scene.director.ask(routes.workshop, {
      params: { workshopId: id },
    })
    expect({ answered, declined }).toEqual({ answered: 1, declined: 1 })
    expect(now.map(({ firstChoices }) => firstChoices)).toEqual([0, 1])
    expect((await choose(id, 0, [first!, first!])).problem?.code).toBe('wish-repeated')
    test.clock.set('2027-03-09T09:00:00Z')
    expect((await choose(id, 0, [first!])).problem?.code).toBe('choosing-over')
  })

  it('hears « stop writing to me » from a mail program as « not this time », also when it is late to choose', async () => {
    const { id } = await proposed(scene)
    const stop = async (at: number) => {
      const token = await tokenOf(test, id, scene.people[at]!)
      const answer = await test.app.inject({
        method: 'POST',
        url: `/atelier/${token}`,
        payload: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(answer.statusCode).toBe(200)
      const page = await test.nobody.ask(links.linkedWorkshop, { params: { token } })
      expect(page.declined).toBe(true)
    }
    await stop(2)
    test.clock.set('2027-03-09T09:00:00Z')
    await stop(3)
    await publish(scene, id, 'seat')
    expect(await subjectsTo(2)).toHaveLength(1)
    expect(await subjectsTo(3)).toHaveLength(1)
  })
})

describe('publishing who sits where', () => {
  it('seats as many as there are seats, tells who waits, and counts each rank', async () => {
    const workshop = await seated(
      test,
      scene,
      [{}, { date: '2027-03-17' }],
      [[0, 1], [0], [0], [1]],
    )
    expect(workshop).toMatchObject({ status: 'seated', withoutSeat: 0 })
    expect(workshop.sessions.map((session) => session.seated)).toEqual([2, 2])
    const names = await scene.director.ask(routes.seats, {
      params: { sessionId: workshop.sessions[0]!.id },
    })
    expect(names.map(({ name }) => name.split(' ')[0])).toEqual(['Bruno', 'Chloé'])
  })

  it('leaves who did not answer without a seat, and tells them what is free', async () => {
    const workshop = await seated(test, scene, undefined, [[0], [], [], []])
    expect(workshop.withoutSeat).toBe(3)
    expect(await subjectsTo(1)).toContain('« 10 de cœur » : il reste des places à l’atelier')
  })

  it('seats who did not answer where there is room, after everybody who did', async () => {
    const { id, sessions } = await proposed(scene, [{}])
    await choose(id, 3, [sessions[0]!.id])
    const view = await scene.director.ask(routes.seating, {
      params: { workshopId: id },
      query: { silent: 'seat' },
    })
    expect(view).toMatchObject({ placed: 2, silent: 1, byRank: [1, 0, 0], withoutSeat: 2 })
    const driss = view.people.find(({ personId }) => personId === scene.people[3]!.id)
    expect(driss?.sessionId).toBe(sessions[0]!.id)
  })

  it('takes whoever chose only what is cancelled since for somebody who named none', async () => {
    const { id, sessions } = await proposed(scene, [{}, { date: '2027-03-17', seats: 6 }])
    const [gone, kept] = sessions
    await choose(id, 0, [gone!.id])
    await choose(id, 1, [gone!.id, kept!.id])
    const params = { sessionId: gone!.id }
    await scene.director.ask(routes.cancelSession, { params, body: { version: gone!.version } })
    const seating = (silent: 'leave' | 'seat') =>
      scene.director.ask(routes.seating, { params: { workshopId: id }, query: { silent } })
    expect(await seating('leave')).toMatchObject({ placed: 1, silent: 0, byRank: [0, 1, 0] })
    expect(await seating('seat')).toMatchObject({ placed: 4, silent: 3, byRank: [0, 1, 0] })
  })

  it('assigns without asking, each to the nearest session that is not across their diary', async () => {
    const elsewhere = { siteId: scene.pau.id, date: '2027-03-17' }
    const { id } = await prepared(scene, [{ seats: 6 }, { seats: 6, ...elsewhere }])
    const view = await scene.director.ask(routes.seating, { params: { workshopId: id } })
    expect(view).toMatchObject({ placed: 4, kilometres: 0, byRank: [0, 0, 0] })
    await publish(scene, id)
    expect(await subjectsTo(0)).toEqual([])
    // A second workshop at the same hours can seat nobody who sits in the first.
    const other = await makeOtherFacilitator()
    const second = await prepared(scene, [
      { facilitatorId: other, seats: 6 },
      { facilitatorId: other, seats: 6, ...elsewhere },
    ])
    const crossed = await scene.director.ask(routes.seating, { params: { workshopId: second.id } })
    expect(crossed.kilometres).toBeGreaterThan(0)
    expect(crossed.placed).toBe(4)
  })

  it('publishes what was shown or nothing, and once', async () => {
    const { id, sessions } = await proposed(scene, [{}])
    await choose(id, 0, [sessions[0]!.id])
    const params = { workshopId: id }
    const { version } = await scene.director.ask(routes.workshop, { params })
    const { fingerprint } = await scene.director.ask(routes.seating, { params })
    const body = { version, fingerprint, silent: 'leave' as const }
    await choose(id, 1, [sessions[0]!.id])
    const outdated = await scene.director.call(routes.publishSeating, { params, body })
    expect(outdated.problem?.code).toBe('preview-outdated')
    const now = await scene.director.ask(routes.seating, { params })
    const twice = { ...body, fingerprint: now.fingerprint }
    const said = await Promise.all([
      scene.director.call(routes.publishSeating, { params, body: twice }),
      scene.director.call(routes.publishSeating, { params, body: twice }),
    ])
    expect(said.map(({ problem }) => problem?.code ?? 'published').sort()).toEqual([
      'published',
      'workshop-seated',
    ])
    const { sessions: seatedNow } = await scene.director.ask(routes.workshop, { params })
    expect(seatedNow[0]!.seated).toBe(2)
  })

  const makeOtherFacilitator = async () =>
    (await makePerson(test.db, test.clock.now(), scene.dax, { firstName: 'Gaël' })).id
})

describe('cancelling', () => {
  it('puts who sat in a cancelled session first in line for what they chose besides', async () => {
    const workshop = await seated(
      test,
      scene,
      [{}, { date: '2027-03-17' }],
      [[0, 1], [0], [1], [1]],
    )
    const [first, second] = workshop.sessions
    const params = { sessionId: first!.id }
    const cancelled = await scene.director.ask(routes.cancelSession, {
      params,
      body: { version: first!.version },
    })
    expect(cancelled.sessions[0]).toMatchObject({ status: 'cancelled', seated: 0, waiting: 0 })
    const waiting = await scene.director.ask(routes.seats, { params: { sessionId: second!.id } })
    expect(waiting.filter(({ state }) => state === 'waiting')).toHaveLength(2)
    const token = await tokenOf(test, workshop.id, scene.people[2]!)
    await test.nobody.ask(links.giveSeatUp, { params: { token } })
    const told = [...(await subjectsTo(0)), ...(await subjectsTo(1))]
    expect(told.filter((subject) => subject.includes('place s’est libérée'))).toHaveLength(1)
  })

  it('tells everybody who has no seat, and nothing can be done any more', async () => {
    const workshop = await seated(test, scene, [{}], [[0], [0], [0], []])
    const params = { workshopId: workshop.id }
    const { version } = workshop
    const gone = await scene.director.ask(routes.cancelWorkshop, { params, body: { version } })
    expect(gone.status).toBe('cancelled')
    const told: string[][] = []
    for (const at of [0, 1, 2, 3]) told.push(await subjectsTo(at))
    const cancelled = told.filter((all) => all.some((subject) => subject.includes('aura pas lieu')))
    expect(cancelled).toHaveLength(2)
    const token = await tokenOf(test, workshop.id, scene.people[0]!)
    const page = await test.nobody.ask(links.linkedWorkshop, { params: { token } })
    expect(page).toMatchObject({ status: 'cancelled', seat: null })
    const sessionId = workshop.sessions[0]!.id
    const answer = await test.nobody.call(links.takeSeat, {
      params: { token },
      body: { sessionId },
    })
    expect(answer.problem?.code).toBe('workshop-cancelled')
  })
})

describe('changing a session', () => {
  it('keeps seats that are somebody’s, and offers those that are added', async () => {
    const workshop = await seated(test, scene, [{}])
    const [session] = workshop.sessions
    const change = (given: object, version: number) =>
      scene.director.call(routes.changeSession, {
        params: { sessionId: session!.id },
        body: { ...sessionInput(scene, given), version },
      })
    expect((await change({ seats: 3 }, 7)).problem?.code).toBe('session-changed')
    const { body } = await change({ seats: 4 }, 1)
    expect(body?.sessions[0]).toMatchObject({ seats: 4, seated: 2, offered: 2, waiting: 0 })
    const fewer = await change({ seats: 3 }, 2)
    expect(fewer.problem).toMatchObject({ code: 'seats-taken' })
  })
})
