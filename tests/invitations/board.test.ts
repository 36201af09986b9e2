import pg from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { boardRoutes, standings } from '#shared/invitations/invitations.board.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { feedRoutes } from '#shared/invitations/invitations.feed.contract.ts'
import { makeCoordinator, makeSite } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { appWithMailbox, bounceOf, replyTo, soon } from './answers.factory.ts'
import { deliver, invitationsTo, publishedDay, type SmallDay } from './invitations.factory.ts'

const guests = ['Anna', 'Bilal', 'Chloé', 'Denis', 'Élise', 'Farid', 'Gaëlle']

const boardOf = (made: SmallDay) =>
  made.director.ask(boardRoutes.confirmationBoard, { params: { dayId: made.day.id } })

const peopleOf = async (made: SmallDay, query: Record<string, string | number> = {}) =>
  made.director.ask(boardRoutes.invitedPeople, { params: { dayId: made.day.id }, query })

const namesOf = async (made: SmallDay, query: Record<string, string | number> = {}) =>
  (await peopleOf(made, query)).people.map(({ firstName }) => firstName).sort()

/** Presses the button of somebody's first invitation. */
async function press(test: TestApp, email: string | null, answer: 'yes' | 'no') {
  const [invitation] = await invitationsTo(test, email)
  const params = { token: invitation!.link }
  await test.nobody.ask(confirmationsRoutes.answerPlacementLink, { params, body: { answer } })
}

async function nudge(made: SmallDay, subjectId?: string) {
  const input = { params: { dayId: made.day.id }, query: subjectId ? { subjectId } : {} }
  const preview = await made.director.ask(invitationsRoutes.nudgePreview, input)
  const { fingerprint } = preview
  const send = () =>
    made.director.call(invitationsRoutes.nudge, { ...input, body: { fingerprint } })
  return { preview, send }
}

const nudgesTo = async (test: TestApp, email: string | null) =>
  (await test.mailbox.listMails({ to: email ?? '' })).filter(({ subject }) =>
    /serez-vous là|vous accueillez bien/.test(subject),
  ).length

/** One guest in every standing, and one confirmed host of all seven. */
async function dayOfEveryStanding() {
  const { test, read, arrives } = await appWithMailbox()
  const made = await publishedDay(test, { guests, capacity: 7 })
  const [anna, bilal, chloe, denis, elise, farid] = made.guests.map(({ email }) => email)
  read()
  test.clock.advance({ minutes: 10 })
  await press(test, anna!, 'yes')
  await press(test, bilal!, 'no')
  await arrives(
    await replyTo(test, chloe!, 'maybe'),
    await replyTo(test, denis!, 'no', { from: 'assistante@ailleurs.example' }),
    await bounceOf(test, elise!),
    // Confirmed first, then something a person must look at: the mail comes first.
    await replyTo(test, farid!, 'yes'),
    await replyTo(test, made.hosts[0]!.email, 'yes'),
  )
  test.clock.advance({ minutes: 10 })
  await arrives(await replyTo(test, farid!, 'no', { from: 'quelqu.un@ailleurs.example' }))
  return { test, made, arrives }
}

describe('the director’s board', () => {
  it('puts everybody into exactly one standing, as counted by hand', async () => {
    const { made } = await dayOfEveryStanding()
    const board = await boardOf(made)
    expect(board.guests).toEqual({
      invited: 7,
      yes: 1,
      no: 1,
      maybe: 1,
      held: 2,
      unreached: 1,
      silent: 1,
    })
    expect(board.hosts).toMatchObject({ invited: 1, yes: 1 })
    const byHand: Record<string, string[]> = {
      yes: ['Anna'],
      no: ['Bilal'],
      maybe: ['Chloé'],
      held: ['Denis', 'Farid'],
      unreached: ['Élise'],
      silent: ['Gaëlle'],
    }
    for (const standing of standings) {
      expect(await namesOf(made, { side: 'guest', standing })).toEqual(byHand[standing])
    }
    const { total, people } = await peopleOf(made, { limit: 3 })
    expect([total, people.length]).toEqual([8, 3])
    expect(await namesOf(made, { search: 'eLiSe' })).toEqual(['Élise'])
    expect(await namesOf(made, { search: '%' })).toEqual([])
  })

  it('shows a coordinator their own site and nothing of the others, and no conversation', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const made = await publishedDay(test)
    const other = await makeSite(test.db, test.clock.now(), made.day.regionId, { name: 'Pau' })
    const params = { dayId: made.day.id }
    for (const [site, invited] of [
      [made.site, 1],
      [other, 0],
    ] as const) {
      const account = await makeCoordinator(test.db, test.clock.now(), site)
      const coordinator = await test.signedIn(account)
      const board = await coordinator.ask(boardRoutes.confirmationBoard, { params })
      expect(board).toMatchObject({ directing: false, guests: { invited }, hosts: { invited } })
      const { people } = await coordinator.ask(boardRoutes.invitedPeople, { params })
      expect(people).toHaveLength(2 * invited)
    }
  })

  it('tells who follows it of every answer, and of mails that leave, come back or wait', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test, { guests: ['Anna', 'Bilal', 'Chloé'], capacity: 3 })
    const [anna, bilal, chloe] = made.guests.map(({ email }) => email)
    const topics = { answers: `answers:${made.day.id}`, mails: `mails:${made.day.id}` }
    const heard: (string | undefined)[] = []
    const listener = new pg.Client({ connectionString: test.url })
    onTestFinished(() => listener.end())
    listener.on('notification', ({ payload }) => heard.push(payload))
    await listener.connect()
    await listener.query('listen live')
    const next = async (topic: string, change: Promise<unknown>) => {
      heard.length = 0
      await change
      await vi.waitUntil(() => heard.includes(topic), soon)
    }
    read()
    await next(topics.answers, press(test, anna!, 'yes'))
    const held = await replyTo(test, bilal!, 'maybe', { from: 'un@ailleurs.example' })
    await next(topics.answers, arrives(held))
    await next(topics.answers, arrives(await bounceOf(test, chloe!)))
    const { send } = await nudge(made)
    await next(topics.mails, send())
    await next(topics.mails, deliver(test))
  })

  it('says the same as the host’s page and the feed after an answer by mail', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    const [host, guest] = [made.hosts[0]!, made.guests[0]!]
    const caller = await test.signedIn(host.accountId!)
    const feed = async () => {
      const { url } = await caller.ask(feedRoutes.myFeed)
      return (await test.app.inject({ url: new URL(url).pathname })).body
    }
    const hostsPage = async () =>
      (await caller.ask(confirmationsRoutes.myMeetings, { params: { dayId: made.day.id } }))[0]
    read()
    await arrives(await replyTo(test, host.email, 'yes'))
    await vi.waitUntil(async () => (await boardOf(made)).hosts.yes === 1, soon)
    expect(await hostsPage()).toMatchObject({ answer: 'yes', company: [guest.firstName] })
    expect(await feed()).toContain(guest.firstName)
    await arrives(await replyTo(test, guest.email, 'no'))
    await vi.waitUntil(async () => (await boardOf(made)).guests.no === 1, soon)
    expect((await boardOf(made)).hosts.invited).toBe(0)
    expect(await hostsPage()).toMatchObject({ company: [] })
    // The feed follows the mails, which wait a minute for company.
    await deliver(test)
    expect(await feed()).not.toContain(guest.firstName)
  })
})

describe('asking the silent ones once more', () => {
  it('shows exactly who and what, then writes to them and to nobody else', async () => {
    const { test, made } = await dayOfEveryStanding()
    const { preview, send } = await nudge(made)
    expect(preview.recipients.map(({ name }) => name.split(' ')[0])).toEqual(['Gaëlle'])
    expect(preview.unreachable.map(({ name }) => name.split(' ')[0])).toEqual(['Élise'])
    expect(preview.samples[0]!.text).toContain('Un oui ou un non suffit')
    expect((await send()).status).toBe(200)
    await deliver(test)
    const got = await Promise.all(made.guests.map(({ email }) => nudgesTo(test, email)))
    expect(got).toEqual([0, 0, 0, 0, 0, 0, 1])
    expect((await peopleOf(made, { standing: 'silent' })).people[0]!.nudgedAt).not.toBeNull()
  })

  it('counts two presses at once as one, and leaves people alone for 48 hours', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const made = await publishedDay(test)
    const { send } = await nudge(made)
    const both = await Promise.all([send(), send()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await deliver(test)
    expect(await nudgesTo(test, made.guests[0]!.email)).toBe(1)
    test.clock.advance({ hours: 47 })
    const early = (await nudge(made)).preview
    expect(early).toMatchObject({ total: 0, spared: [{ reason: 'recent', count: 2 }] })
    test.clock.advance({ hours: 2 })
    expect((await nudge(made)).preview.total).toBe(2)
  })

  it('lets nothing leave to who answers meanwhile, by button or by mail', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test, { guests: ['Léa', 'Noé', 'Zoé'], capacity: 3 })
    const [lea, noe, zoe] = made.guests.map(({ email }) => email)
    read()
    test.clock.advance({ hours: 1 })
    await (await nudge(made)).send()
    await press(test, lea!, 'yes')
    await arrives(await replyTo(test, noe!, 'no', { from: 'autre@ailleurs.example' }))
    await deliver(test)
    expect(await nudgesTo(test, lea!)).toBe(0)
    expect(await nudgesTo(test, noe!)).toBe(0)
    expect(await nudgesTo(test, zoe!)).toBe(1)
  })

  it('asks one person alone', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const made = await publishedDay(test, { guests: ['Léa', 'Noé'], capacity: 2 })
    const { people } = await peopleOf(made, { search: 'Noé' })
    const { preview, send } = await nudge(made, people[0]!.subjectId)
    expect(preview.total).toBe(1)
    await send()
    await deliver(test)
    expect(await nudgesTo(test, made.guests[0]!.email)).toBe(0)
    expect(await nudgesTo(test, made.guests[1]!.email)).toBe(1)
  })

  it('taken back, leaves calendars as they were told, and may be sent at once again', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const made = await publishedDay(test)
    const { send } = await nudge(made)
    const { batchId } = (await send()).body!
    await made.director.ask(invitationsRoutes.stopBatch, { params: { batchId: batchId! } })
    const { held } = await made.director.ask(invitationsRoutes.outbox, {
      params: { dayId: made.day.id },
    })
    expect(held).toBe(0)
    expect((await nudge(made)).preview.total).toBe(2)
  })
})

describe('the conversation with one person', () => {
  it('tells what left, what came back and what changed, in order', async () => {
    const { test, made, arrives } = await dayOfEveryStanding()
    const conversation = async (search: string) => {
      const { people } = await peopleOf(made, { search })
      const params = { dayId: made.day.id, subjectId: people[0]!.subjectId }
      return made.director.ask(boardRoutes.conversation, { params })
    }
    const kinds = async (search: string) =>
      (await conversation(search)).happenings.map(({ kind }) => kind)
    expect(await kinds('Anna')).toEqual(['seat', 'mail', 'press'])
    expect(await kinds('Bilal')).toEqual(['seat', 'mail', 'press', 'seat', 'mail'])
    expect(await kinds('Élise')).toEqual(['seat', 'mail', 'bounce'])
    expect(await kinds('Farid')).toEqual(['seat', 'mail', 'reply', 'held'])
    await (await nudge(made)).send()
    test.clock.advance({ minutes: 1 })
    await arrives(await replyTo(test, made.guests[6]!.email, 'yes', { comment: 'Avec plaisir !' }))
    await deliver(test)
    const { invited, happenings } = await conversation('Gaëlle')
    expect(invited).toMatchObject({ standing: 'yes', answer: 'yes' })
    expect(happenings).toMatchObject([
      { kind: 'seat', change: 'given' },
      { kind: 'mail', telling: 'invite', status: 'sent' },
      { kind: 'reply', answer: 'yes', comment: 'Avec plaisir !', counted: true },
      { kind: 'mail', telling: 'nudge', status: 'stopped', withdrawn: true },
    ])
    expect(JSON.stringify(happenings)).not.toContain('@')
  })

  it('finds nobody of another day', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const made = await publishedDay(test)
    const other = await publishedDay(test)
    const { people } = await peopleOf(other)
    const params = { dayId: made.day.id, subjectId: people[0]!.subjectId }
    const answer = await made.director.call(boardRoutes.conversation, { params })
    expect(answer.problem?.code).toBe('not-found')
  })
})
