import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { stillHosts } from '#server/features/confirmations/confirmations.service.ts'
import { lockDay } from '#server/features/days/days.service.ts'
import { reconcileInvitations } from '#server/features/invitations/invitations.service.ts'
import { place } from '#server/features/matching/matching.placements.ts'
import { activePlacementOf, activePlacements } from '#server/features/matching/matching.service.ts'
import type { Site } from '#server/features/roster/roster.service.ts'
import { changeHost, slotById } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { hostAnswers } from '#server/use-cases/change-slots.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { handoversRoutes as routes } from '#shared/handovers/handovers.contract.ts'
import { boardRoutes } from '#shared/invitations/invitations.board.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import type { PlanNumbers } from '#shared/matching/matching.vocabulary.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import {
  deliver,
  invitationsTo,
  makeSmallDay,
  publishedDay,
  type SmallDay,
} from '../invitations/invitations.factory.ts'
import { makeCoordinator, makePerson, makeSite, roleByCode } from '../roster/roster.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const colleague = (made: SmallDay, firstName: string, more: { email?: null } = {}) =>
  makePerson(test.db, test.clock.now(), made.site, { role: 'shop_seller', firstName, ...more })

/** The link of a slot's page, as long as nobody else hosts it. */
async function pageOf(slot: { id: string }) {
  const { linkGeneration } = (await slotById(test.db, slot.id))!
  return { token: deriveToken(test.services.secret, 'slot', slot.id, linkGeneration) }
}

/** The link in the newest mail that asks somebody to take over. */
async function askedOf(person: { email: string | null }) {
  await deliver(test)
  for (const { id } of await test.mailbox.listMails({ to: person.email! })) {
    const token = /\/relais\/(\S+)/.exec((await test.mailbox.readMail(id))!.text)?.[1]
    if (token) return { token }
  }
  throw new Error('nobody asked them')
}

const answer = (params: { token: string }, said: 'yes' | 'no') =>
  test.nobody.call(routes.answer, { params, body: { answer: said } })

const subjectsTo = async (person: { email: string | null }) =>
  (await test.mailbox.listMails({ to: person.email! })).map(({ subject }) => subject).reverse()

/** Marion hosts Léa, and asks Paul to host in her place. */
async function asked(options: Parameters<typeof publishedDay>[1] = {}) {
  const made = await publishedDay(test, options)
  const paul = await colleague(made, 'Paul')
  const slot = made.slots[0]!
  const page = await pageOf(slot)
  await test.nobody.ask(routes.ask, { params: page, body: { personId: paul.id } })
  return { made, paul, slot, page, link: await askedOf(paul) }
}

describe('asking a colleague', () => {
  it('offers those of the same site and role who are free, by short name, without addresses', async () => {
    const made = await publishedDay(test)
    const paul = await colleague(made, 'Paul')
    const busy = await colleague(made, 'Inès')
    await colleague(made, 'Sans adresse', { email: null })
    const elsewhere = await makeSite(test.db, test.clock.now(), made.day.regionId)
    await makePerson(test.db, test.clock.now(), elsewhere, { role: 'shop_seller' })
    const role = await roleByCode(test.db, made.day.regionId, 'shop_seller')
    const offer = { personId: busy.id, siteId: made.site.id, roleId: role.id }
    await makeSlot(test.services, test.clock.now(), made.day, offer)
    const seen = await test.nobody.ask(routes.slotHandover, {
      params: await pageOf(made.slots[0]!),
    })
    expect(seen).toEqual({
      open: true,
      pending: null,
      last: null,
      colleagues: [{ id: paul.id, name: `Paul ${paul.lastName[0]}.` }],
    })
  })

  it('changes nothing until the colleague says yes, and opening the link says nothing', async () => {
    const { made, paul, slot, page, link } = await asked()
    for (const method of ['GET', 'HEAD'] as const) {
      await test.app.inject({ method, url: `/api/handover-links/${link.token}` })
    }
    expect(await test.nobody.ask(routes.link, { params: link })).toMatchObject({
      status: 'pending',
      firstName: 'Paul',
      guests: 1,
      slotToken: null,
    })
    expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
    expect(await invitationsTo(test, paul.email)).toEqual([])
    expect(await invitationsTo(test, made.guests[0]!.email)).toHaveLength(1)
    const seen = await test.nobody.ask(routes.slotHandover, { params: page })
    expect(seen).toMatchObject({ pending: { name: `Paul ${paul.lastName[0]}.` }, colleagues: [] })
    expect(
      (await test.nobody.ask(confirmationsRoutes.slotLinkMeeting, { params: page })).state,
    ).toBe('open')
  })

  it('taken back before it left says nothing to anybody', async () => {
    const made = await publishedDay(test)
    const paul = await colleague(made, 'Paul')
    const page = await pageOf(made.slots[0]!)
    await test.nobody.ask(routes.ask, { params: page, body: { personId: paul.id } })
    await test.nobody.ask(routes.withdraw, { params: page })
    await deliver(test)
    expect(await subjectsTo(paul)).toEqual([])
  })

  it('asks one at a time, the same one once, and nobody who is not free', async () => {
    const { made, paul, page } = await asked()
    const marie = await colleague(made, 'Marie')
    const ask = (personId: string) =>
      test.nobody.call(routes.ask, { params: page, body: { personId } })
    expect((await ask(marie.id)).problem?.code).toBe('handover-pending')
    expect((await ask(paul.id)).status).toBe(200)
    expect(await subjectsTo(paul)).toHaveLength(1)
    await test.nobody.ask(routes.withdraw, { params: page })
    for (const personId of [made.guests[0]!.id, made.hosts[0]!.id, made.slots[0]!.id]) {
      expect((await ask(personId)).problem?.code).toBe('colleague-not-free')
    }
    expect((await ask(marie.id)).status).toBe(200)
  })

  it('can be taken back: the colleague is told once, the link then asks for nothing', async () => {
    const { made, paul, slot, page, link } = await asked()
    for (const _ of [1, 2]) {
      const seen = await test.nobody.ask(routes.withdraw, { params: page })
      expect(seen).toMatchObject({ pending: null, last: { status: 'withdrawn' } })
    }
    await deliver(test)
    expect((await subjectsTo(paul)).map((subject) => /n’a plus besoin/.test(subject))).toEqual([
      false,
      true,
    ])
    expect((await test.nobody.ask(routes.link, { params: link })).status).toBe('withdrawn')
    expect((await answer(link, 'yes')).problem?.code).toBe('handover-over')
    expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
  })

  it('ends by itself, and the host hears that they still are', async () => {
    const other = await startTestApp()
    const before = test
    test = other
    try {
      const { made, paul, page, link } = await asked()
      const { expiresAt } = await test.nobody.ask(routes.link, { params: link })
      test.clock.set(expiresAt.toISOString())
      expect((await answer(link, 'yes')).problem?.code).toBe('handover-over')
      // The job runner’s own clock is the database’s: what is due by ours is made due by it.
      await sql`update graphile_worker._private_jobs set run_at = now()`.execute(test.db)
      await deliver(test)
      expect((await subjectsTo(made.hosts[0]!)).at(-1)).toContain('pas de réponse')
      const seen = await test.nobody.ask(routes.slotHandover, { params: page })
      expect(seen).toMatchObject({ pending: null, last: { status: 'expired' } })
      expect(seen.colleagues).toMatchObject([{ id: paul.id }])
    } finally {
      test = before
      await other.close()
    }
  })
})

describe('a colleague who says yes', () => {
  it('takes over: old host cancelled, new host invited anew, guests updated, confirmed', async () => {
    const { made, paul, slot, page, link } = await asked()
    await test.nobody.ask(confirmationsRoutes.answerSlotLink, {
      params: page,
      body: { answer: 'yes' },
    })
    const [marion, lea] = [made.hosts[0]!, made.guests[0]!]
    for (const _ of [1, 2]) {
      expect((await answer(link, 'yes')).body).toMatchObject({ status: 'accepted' })
    }
    await deliver(test)
    const old = await invitationsTo(test, marion.email)
    expect(old.map(({ method, sequence }) => [method, sequence])).toEqual([
      ['REQUEST', 0],
      ['CANCEL', 1],
    ])
    expect(old[1]!.uid).toBe(old[0]!.uid)
    expect(old[1]!.mail.text).toContain('Bonjour Marion')
    expect(old[1]!.mail.text).toContain('accueille à votre place')
    const [invitation, ...more] = await invitationsTo(test, paul.email)
    expect(more).toEqual([])
    expect(invitation).toMatchObject({ method: 'REQUEST', sequence: 0 })
    expect(invitation!.uid).not.toBe(old[0]!.uid)
    expect(invitation!.description).toContain('Léa')
    const guest = await invitationsTo(test, lea.email)
    expect(guest.map(({ method, sequence }) => [method, sequence])).toEqual([
      ['REQUEST', 0],
      ['REQUEST', 0],
    ])
    expect(guest[1]).toMatchObject({ uid: guest[0]!.uid })
    expect(guest[1]!.description).toContain('Paul')
    const hosts = { params: { dayId: made.day.id }, query: { side: 'host' as const } }
    const board = await made.director.ask(boardRoutes.invitedPeople, hosts)
    expect(board.people).toMatchObject([{ firstName: 'Paul', answer: 'yes', standing: 'yes' }])
    const { happenings } = await made.director.ask(boardRoutes.conversation, {
      params: { dayId: made.day.id, subjectId: board.people[0]!.subjectId },
    })
    const handed = happenings.flatMap((one) => (one.kind === 'handover' ? one.change : []))
    expect(handed).toEqual(['asked', 'accepted'])
    // No other mail about it to anybody.
    expect(await subjectsTo(marion)).toHaveLength(2)
    expect(await subjectsTo(paul)).toHaveLength(2)
    expect((await test.nobody.call(routes.slotHandover, { params: page })).problem?.code).toBe(
      'link-renewed',
    )
    const { slotToken } = await test.nobody.ask(routes.link, { params: link })
    const mine = { params: { token: slotToken! } }
    expect(await test.nobody.ask(confirmationsRoutes.slotLinkMeeting, mine)).toMatchObject({
      state: 'open',
      answer: 'yes',
      firstName: 'Paul',
      company: ['Léa'],
    })
    expect((await slotById(test.db, slot.id))?.hostId).toBe(paul.id)
  })

  it('takes over before publication too, with plain words to both', async () => {
    const made = await makeSmallDay(test)
    const paul = await colleague(made, 'Paul')
    const page = await pageOf(made.slots[0]!)
    await test.nobody.ask(routes.ask, { params: page, body: { personId: paul.id } })
    expect((await answer(await askedOf(paul), 'yes')).status).toBe(200)
    await deliver(test)
    expect((await subjectsTo(made.hosts[0]!)).at(-1)).toContain('a dit oui')
    expect((await subjectsTo(paul)).at(-1)).toContain('c’est vous qui accueillez')
    expect((await slotById(test.db, made.slots[0]!.id))?.hostId).toBe(paul.id)
  })

  it('may hand over again, and the slot can come back to its first host', async () => {
    const { made, slot, link } = await asked()
    const { slotToken } = (await answer(link, 'yes')).body!
    const params = { token: slotToken! }
    const personId = made.hosts[0]!.id
    await test.nobody.ask(routes.ask, { params, body: { personId } })
    expect((await answer(await askedOf(made.hosts[0]!), 'yes')).status).toBe(200)
    expect((await slotById(test.db, slot.id))?.hostId).toBe(personId)
    await deliver(test)
    const sent = await invitationsTo(test, made.hosts[0]!.email)
    expect(sent.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL', 'REQUEST'])
    expect(sent[2]!.uid).not.toBe(sent[0]!.uid)
  })

  it('gives a visit at these hours back, once they were told so', async () => {
    const two = { hosts: ['Marion', 'Nadia'], guests: ['Léa', 'Tom'], capacity: 2 }
    const { made, paul, slot, link } = await asked(two)
    const now = test.clock.now()
    const { id: dayId } = made.day
    const elsewhere = made.slots.find(({ id }) => id !== slot.id)!
    // Asked while free; since then the waiting list gave Paul a place at Nadia’s.
    await inTransaction(test.db, async (trx) => {
      const day = (await lockDay(trx, dayId))!
      const { planId } = (await activePlacements(trx, dayId))[0]!
      const why = { rank: null, reason: 'offered' as const, numbers: {} as PlanNumbers }
      await place(trx, day, [{ personId: paul.id, slotId: elsewhere.id, planId, ...why }], now)
      await reconcileInvitations(trx, dayId, now, repairSetting(test.services))
    })
    await deliver(test)
    expect((await answer(link, 'yes')).problem?.code).toBe('handover-visits')
    const { visit } = await test.nobody.ask(routes.link, { params: link })
    expect(visit).toMatchObject({ siteName: 'Boutique Dax', startsAt: elsewhere.startsAt })
    const body = { answer: 'yes' as const, givesUp: visit!.placementId }
    const presses = [1, 2].map(() => test.nobody.call(routes.answer, { params: link, body }))
    expect((await Promise.all(presses)).map(({ status }) => status)).toEqual([200, 200])
    await deliver(test)
    const sent = await invitationsTo(test, paul.email)
    expect(sent.map(({ method }) => method).sort()).toEqual(['CANCEL', 'REQUEST', 'REQUEST'])
    const visited = sent.filter(({ uid }) => uid === sent[0]!.uid)
    expect(visited.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
    expect(await activePlacementOf(test.db, dayId, paul.id)).toBeUndefined()
    expect((await slotById(test.db, slot.id))?.hostId).toBe(paul.id)
  })

  it('is refused once they host elsewhere at these hours', async () => {
    const { made, paul, slot, link } = await asked()
    const role = await roleByCode(test.db, made.day.regionId, 'shop_seller')
    const offer = { personId: paul.id, siteId: made.site.id, roleId: role.id }
    await makeSlot(test.services, test.clock.now(), made.day, offer)
    expect((await answer(link, 'yes')).problem?.code).toBe('colleague-not-free')
    expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
  })

  it.each(['moved', 'promoted'] as const)(
    'is refused once the staff list says they %s',
    async (became) => {
      const { made, paul, slot, link } = await asked()
      await test.db
        .updateTable('people')
        .set(await since(made, became))
        .where('id', '=', paul.id)
        .execute()
      expect((await answer(link, 'yes')).problem?.code).toBe('colleague-elsewhere')
      expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
      expect((await answer(link, 'no')).body).toMatchObject({ status: 'declined' })
    },
  )
})

/** What a new file of HR changes of somebody who was asked. */
async function since(made: SmallDay, became: 'moved' | 'promoted') {
  if (became === 'promoted') return { job_title: 'Directrice', job_title_key: 'directrice' }
  const elsewhere = await makeSite(test.db, test.clock.now(), made.day.regionId)
  return { site_id: elsewhere.id }
}

describe('a colleague who says no', () => {
  it('leaves everything as it is; the host hears of it and may ask somebody else', async () => {
    const { made, paul, slot, page, link } = await asked()
    const marie = await colleague(made, 'Marie')
    expect((await answer(link, 'no')).body).toMatchObject({ status: 'declined' })
    expect((await answer(link, 'no')).body).toMatchObject({ status: 'declined' })
    expect((await answer(link, 'yes')).problem?.code).toBe('handover-over')
    await deliver(test)
    const told = (await subjectsTo(made.hosts[0]!)).filter((one) => one.includes('disponible'))
    expect(told).toHaveLength(1)
    expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
    const { colleagues } = await test.nobody.ask(routes.slotHandover, { params: page })
    expect(colleagues.map(({ id }) => id)).toEqual([marie.id])
    const again = { params: page, body: { personId: paul.id } }
    expect((await test.nobody.call(routes.ask, again)).problem?.code).toBe('colleague-not-free')
  })
})

describe('who looks after the site', () => {
  it('sees who is asked and who took over; a coordinator only at their own site', async () => {
    const { made, link, slot } = await asked()
    const params = { dayId: made.day.id }
    const now = test.clock.now()
    const ofSite = async (site: Site) => test.signedIn(await makeCoordinator(test.db, now, site))
    const here = await ofSite(made.site)
    const elsewhere = await ofSite(await makeSite(test.db, now, made.day.regionId))
    for (const caller of [here, made.director]) {
      const seen = await caller.ask(routes.ofDay, { params })
      expect(seen).toMatchObject([{ slotId: slot.id, status: 'pending' }])
      expect(seen[0]!.from).toMatch(/^Marion /)
      expect(seen[0]!.to).toMatch(/^Paul /)
    }
    expect(await elsewhere.ask(routes.ofDay, { params })).toEqual([])
    await answer(link, 'yes')
    expect(await here.ask(routes.ofDay, { params })).toMatchObject([{ status: 'accepted' }])
  })
})

describe('two people at once', () => {
  it('two colleagues asked from two tabs: one of them is', async () => {
    const made = await publishedDay(test)
    const people = [await colleague(made, 'Paul'), await colleague(made, 'Marie')]
    const params = await pageOf(made.slots[0]!)
    const outcomes = await Promise.all(
      people.map(({ id }) => test.nobody.call(routes.ask, { params, body: { personId: id } })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('one colleague asked by two hosts says yes to both at once: they host one of them', async () => {
    const { made, paul, link, slot } = await asked({
      hosts: ['Marion', 'Nadia'],
      guests: ['Léa', 'Tom'],
    })
    const other = made.slots.find(({ id }) => id !== slot.id)!
    const body = { personId: paul.id }
    await test.nobody.ask(routes.ask, { params: await pageOf(other), body })
    const links = [link, await askedOf(paul)]
    const answers = await Promise.all(links.map((one) => answer(one, 'yes')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['colleague-not-free'])
    const hosts = await Promise.all(made.slots.map(({ id }) => slotById(test.db, id)))
    expect(hosts.filter((one) => one?.hostId === paul.id)).toHaveLength(1)
  })

  it('says yes while a file moves them elsewhere: what the file says counts', async () => {
    const { made, paul, slot, link } = await asked()
    const moved = await since(made, 'moved')
    const saying = await test.db.transaction().execute(async (trx) => {
      await trx.updateTable('people').set(moved).where('id', '=', paul.id).execute()
      const said = answer(link, 'yes')
      await vi.waitFor(async () => {
        const { rows } = await sql`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(test.db)
        expect(rows).toHaveLength(1)
      })
      return { said }
    })
    expect((await saying.said).problem?.code).toBe('colleague-elsewhere')
    expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
  })

  it('pressed twice at once: one host, one cancellation, one invitation', async () => {
    const { made, paul, link } = await asked()
    const answers = await Promise.all([answer(link, 'yes'), answer(link, 'yes')])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    await deliver(test)
    expect(await invitationsTo(test, paul.email)).toHaveLength(1)
    expect(await invitationsTo(test, made.hosts[0]!.email)).toHaveLength(2)
  })

  it('the colleague accepts while the host declines: the slot is handed over, or closed', async () => {
    const { made, paul, slot, page, link } = await asked()
    const [accepted, declined] = await Promise.all([
      answer(link, 'yes'),
      test.nobody.call(confirmationsRoutes.answerSlotLink, {
        params: page,
        body: { answer: 'no' },
      }),
    ])
    const after = (await slotById(test.db, slot.id))!
    if (accepted.status === 200) {
      expect(['slot-handed-over', 'link-renewed']).toContain(declined.problem?.code)
      expect(after).toMatchObject({ hostId: paul.id, status: 'accepted' })
    } else {
      expect(accepted.problem?.code).toBe('slot-closed')
      expect(after).toMatchObject({ hostId: made.hosts[0]!.id, status: 'closed' })
    }
  })

  it('an answer that had read its link before the hand-over decides nothing after it', async () => {
    const { slot, link } = await asked()
    const read = (await slotById(test.db, slot.id))!
    await answer(link, 'yes')
    const { services, clock } = test
    await inTransaction(test.db, async (trx) => {
      expect(await stillHosts(trx, read, 'yes')).toBe(false)
      expect(await stillHosts(trx, read, 'no')).toBe(false)
    })
    const no = { answer: 'no' as const }
    const late = await inTransaction(test.db, (trx) =>
      hostAnswers(trx, slot.id, read.hostId, no, clock.now(), repairSetting(services)),
    )
    expect(late).toMatchObject({ refused: 'slot-handed-over' })
    expect((await slotById(test.db, slot.id))?.status).toBe('accepted')
  })

  it('the colleague accepts while the host takes it back: one of the two', async () => {
    const { made, paul, slot, page, link } = await asked()
    const [accepted, withdrawn] = await Promise.all([
      answer(link, 'yes'),
      test.nobody.call(routes.withdraw, { params: page }),
    ])
    const after = (await slotById(test.db, slot.id))!
    if (accepted.status === 200) {
      expect(['slot-handed-over', 'link-renewed']).toContain(withdrawn.problem?.code)
      expect(after.hostId).toBe(paul.id)
    } else {
      expect(accepted.problem?.code).toBe('handover-over')
      expect(after.hostId).toBe(made.hosts[0]!.id)
    }
  })

  it('the colleague accepts while the day is cancelled: every calendar ends up free', async () => {
    const { made, paul, link } = await asked()
    const params = { dayId: made.day.id }
    const { fingerprint } = await made.director.ask(invitationsRoutes.cancellationPreview, {
      params,
    })
    const cancel = () =>
      made.director.call(invitationsRoutes.cancelDay, { params, body: { fingerprint } })
    const [accepted, cancelled] = await Promise.all([answer(link, 'yes'), cancel()])
    if (accepted.status !== 200) expect(accepted.problem?.code).toBe('day-cancelled')
    if (cancelled.status !== 200) {
      expect(cancelled.problem?.code).toBe('preview-outdated')
      const seen = await made.director.ask(invitationsRoutes.cancellationPreview, { params })
      const body = { fingerprint: seen.fingerprint }
      await made.director.ask(invitationsRoutes.cancelDay, { params, body })
    }
    await deliver(test)
    for (const person of [paul, ...made.hosts, ...made.guests]) {
      const sent = await invitationsTo(test, person.email)
      if (sent.length > 0) expect(sent.at(-1)!.method).toBe('CANCEL')
    }
    expect((await answer(link, 'yes')).problem?.code ?? 'accepted').toMatch(
      /day-cancelled|accepted/,
    )
  })
})

describe('the database', () => {
  it('lets no slot change its host without that host’s yes', async () => {
    const made = await publishedDay(test)
    const paul = await colleague(made, 'Paul')
    const { secret } = test.services
    const volunteered = inTransaction(test.db, (trx) =>
      changeHost(trx, secret, made.slots[0]!.id, paul.id, test.clock.now()),
    )
    await expect(volunteered).rejects.toMatchObject({ constraint: 'slots_host_agreed' })
  })

  it('ends a request with the slot it was about', async () => {
    const { page, link } = await asked()
    await test.nobody.ask(slotsRoutes.answerOffer, { params: page, body: { answer: 'no' } })
    expect((await test.nobody.ask(routes.link, { params: link })).status).toBe('withdrawn')
    expect((await answer(link, 'yes')).problem?.code).toBe('slot-closed')
  })
})
