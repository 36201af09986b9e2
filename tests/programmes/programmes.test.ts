import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { addJob } from '#server/platform/postgres/database.ts'
import { programmesRoutes as routes } from '#shared/programmes/programmes.contract.ts'
import { programmeLinksRoutes as links } from '#shared/programmes/programmes.links.contract.ts'
import { makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { programmeInput, tokensOf } from './programmes.factory.ts'

let test: TestApp
let director: Caller
let regionId: string
let seller: Awaited<ReturnType<typeof makePerson>>
beforeEach(async () => {
  test = await startTestApp()
  onTestFinished(() => test.close())
  const { db, clock } = test
  // A Monday in Paris.
  clock.set('2027-03-01T07:00:00Z')
  const made = await makeRegion(db, clock.now())
  regionId = made.regionId
  director = await test.signedIn(made.director)
  const site = await makeSite(db, clock.now(), regionId)
  seller = await makePerson(db, clock.now(), site, { role: 'shop_seller', firstName: 'Maëlle' })
  await makePerson(db, clock.now(), site, { role: 'field_technician', email: null })
  await makePerson(db, clock.now(), site)
})

const frontline = { who: 'frontline' as const, roleIds: [], siteIds: [] }
const prepare = (given: Parameters<typeof programmeInput>[0] = {}) =>
  director.ask(routes.create, {
    params: { regionId },
    body: programmeInput({
      audience: frontline,
      counted: 'date',
      startsOn: '2027-03-02',
      ...given,
    }),
  })
const launch = ({ id, version, people }: { id: string; version: number; people: number }) =>
  director.call(routes.launch, { params: { programmeId: id }, body: { version, people } })

/** What the quarter of an hour does, in the afternoon of a day. */
async function afternoonOf(date: string): Promise<void> {
  test.clock.set(`${date}T14:00:00Z`)
  await addJob(test.db, 'send-programmes', {})
  await test.runJobs()
}

const mailsTo = (address: string | null) =>
  test.db
    .selectFrom('outbox')
    .select(['purpose', 'subject', 'status', 'unsubscribe', 'text_body as text'])
    .where('to_address', '=', address ?? '')
    .orderBy('written')
    .execute()

/** The tokens of the last mail somebody got. */
async function tokens() {
  const row = await test.db
    .selectFrom('programme_mails')
    .innerJoin('programme_people', 'programme_people.id', 'programme_mails.member_id')
    .select(['programme_mails.id', 'programme_mails.member_id as memberId'])
    .where('programme_people.person_id', '=', seller.id)
    .orderBy('programme_mails.sent_on', 'desc')
    .executeTakeFirstOrThrow()
  return tokensOf(test.services.secret, row.memberId, row.id)
}

describe('a director', () => {
  it('reads for whom it is and when, before anything leaves', async () => {
    const programme = await prepare()
    expect(programme).toMatchObject({ status: 'draft', people: 2, withoutAddress: 1, awaiting: 0 })
    expect(programme.steps.map(({ earliest, latest }) => [earliest, latest])).toEqual(
      ['2027-03-02', '2027-04-02', '2027-05-03', '2027-06-02', '2027-07-02', '2027-08-02'].map(
        (on) => [on, on],
      ),
    )
    expect(programme.steps[0]!.months).toEqual([{ month: '2027-03', people: 2 }])
    const mail = await director.ask(routes.mail, {
      params: { programmeId: programme.id, position: '1' },
      query: { language: 'fr' },
    })
    expect(mail.subject).toContain(programme.steps[0]!.title.fr)
    await afternoonOf('2027-03-02')
    expect(await mailsTo(seller.email)).toEqual([])
  })

  it('launches for as many as were shown, once, whoever presses at the same moment', async () => {
    const programme = await prepare()
    const other = await launch({ ...programme, people: 3 })
    expect(other.problem?.code).toBe('programme-people-changed')
    const both = await Promise.all([launch(programme), launch(programme)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const audited = await test.db
      .selectFrom('audit_events')
      .select('details')
      .where('action', '=', 'programmes.launch')
      .execute()
    expect(audited).toEqual([{ details: { people: 2 } }])
  })

  it('moves dates of what runs: what left stays, what has not is planned anew', async () => {
    const programme = await prepare()
    await launch(programme)
    await afternoonOf('2027-03-02')
    const dates = { startsOn: '2027-03-20', monthsBetween: 1 }
    const params = { programmeId: programme.id }
    const planned = await director.ask(routes.otherDates, { params, body: dates })
    expect(planned.map(({ earliest }) => earliest).slice(0, 2)).toEqual([
      '2027-03-02',
      '2027-04-20',
    ])
    const { steps, ...now } = await director.ask(routes.programme, { params })
    expect(steps[1]!.earliest).toBe('2027-04-02')
    const body = {
      ...programmeInput({ audience: frontline, counted: 'date', ...dates }),
      version: now.version,
    }
    const both = await Promise.all([1, 2].map(() => director.call(routes.change, { params, body })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await afternoonOf('2027-04-02')
    expect(await mailsTo(seller.email)).toHaveLength(2)
    await afternoonOf('2027-04-20')
    const purposes = (await mailsTo(seller.email)).map(({ purpose }) => purpose)
    expect(purposes).toEqual(['programme-reminder', 'programme-nudge', 'programme-reminder'])
  })

  it('pauses it for everybody or for one person, and learns nothing else about them', async () => {
    const programme = await prepare()
    await launch(programme)
    const params = { programmeId: programme.id }
    const from = '2027-03-02'
    await director.ask(routes.pausePerson, {
      params: { ...params, personId: seller.id },
      body: { from, until: '2027-03-09' },
    })
    await afternoonOf('2027-03-02')
    expect(await mailsTo(seller.email)).toEqual([])
    const [found] = await director.ask(routes.people, {
      params,
      query: { search: seller.lastName },
    })
    expect(found).toEqual({
      personId: seller.id,
      firstName: 'Maëlle',
      lastName: seller.lastName,
      siteName: expect.any(String),
      pauses: [{ from, until: '2027-03-09' }],
    })
    await director.ask(routes.pause, { params, body: { from: '2027-03-02', until: null } })
    // Nobody minds a second one that began with the first.
    await director.ask(routes.pause, { params, body: { from: '2027-03-02', until: '2027-06-01' } })
    await afternoonOf('2027-03-09')
    expect(await mailsTo(seller.email)).toEqual([])
    const resumed = await director.ask(routes.resume, { params })
    // A week of theirs and a week of everybody’s are the same week: the month begins a week later.
    expect(resumed.steps[0]).toMatchObject({ earliest: '2027-03-09', latest: '2027-03-09' })
    await afternoonOf('2027-03-09')
    expect(await mailsTo(seller.email)).toHaveLength(1)
  })

  it('ends it for good, and throws away only what never ran', async () => {
    const programme = await prepare()
    const draft = await prepare({ name: 'Un essai' })
    await launch(programme)
    const remove = ({ id }: { id: string }) =>
      director.call(routes.remove, { params: { programmeId: id } })
    expect((await remove(programme)).problem?.code).toBe('programme-running')
    expect((await remove(draft)).status).toBe(204)
    await afternoonOf('2027-03-02')
    const held = await tokens()
    const { version } = await director.ask(routes.programme, {
      params: { programmeId: programme.id },
    })
    await director.ask(routes.end, { params: { programmeId: programme.id }, body: { version } })
    await afternoonOf('2027-04-02')
    expect(await mailsTo(seller.email)).toHaveLength(1)
    const opened = await test.nobody.call(links.linkedReminder, {
      params: { token: held.reminderToken },
    })
    expect(opened.problem?.code).toBe('programme-ended')
  })
})

describe('whoever is reminded', () => {
  beforeEach(async () => {
    await launch(await prepare())
    await afternoonOf('2027-03-02')
  })
  const open = async () => {
    const { reminderToken: token } = await tokens()
    return test.nobody.ask(links.linkedReminder, { params: { token } })
  }
  const pressOneClick = async (token: string) =>
    test.app.inject({
      method: 'POST',
      url: `/parcours/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })

  it('opens the story without a session, and opening changes nothing', async () => {
    const before = await test.db.selectFrom('programme_mails').selectAll().execute()
    const reminder = await open()
    expect(reminder).toMatchObject({ asks: 'story', position: 1, stopped: false, paused: false })
    expect(reminder.story.title.nl).toBeTruthy()
    expect(await test.db.selectFrom('programme_mails').selectAll().execute()).toEqual(before)
    const forged = await test.nobody.call(links.linkedReminder, {
      params: { token: 'not-a-token' },
    })
    expect(forged.problem?.code).toBe('not-found')
  })

  it('is not reminded of what is finished, and asked once whether the mission was tried', async () => {
    const { reminderToken: token } = await tokens()
    const days = (await open()).story.askAfterDays
    const finish = () => test.nobody.call(links.finishReminder, { params: { token } })
    await Promise.all([finish(), finish()])
    const asked = new Date(Date.UTC(2027, 2, 2 + days)).toISOString().slice(0, 10)
    const weekday = new Date(asked).getUTCDay()
    const working = new Date(Date.parse(asked) + [1, 0, 0, 0, 0, 0, 2][weekday]! * 86_400_000)
    await afternoonOf(working.toISOString().slice(0, 10))
    await afternoonOf('2027-03-15')
    await afternoonOf('2027-03-16')
    const purposes = (await mailsTo(seller.email)).map(({ purpose }) => purpose)
    expect(purposes).toEqual(['programme-reminder', 'programme-question'])
    expect(await open()).toMatchObject({ asks: 'mission', position: 1 })
    const rows = await test.db
      .selectFrom('programme_mails')
      .select(['kind', 'finished', 'ask_on'])
      .orderBy('sent_on')
      .execute()
    // That it was finished is all that stays of it: no time.
    expect(rows[0]).toEqual({ kind: 'reminder', finished: true, ask_on: null })
  })

  it('pauses, goes on, stops and comes back without a session', async () => {
    const { programmeToken: token } = await tokens()
    const params = { token }
    const past = await test.nobody.call(links.pauseLinked, {
      params,
      body: { until: '2027-03-02' },
    })
    expect(past.problem?.code).toBe('pause-dates')
    const paused = await test.nobody.ask(links.pauseLinked, {
      params,
      body: { until: '2027-05-03' },
    })
    expect(paused).toMatchObject({ paused: true, pausedUntil: '2027-05-03' })
    await afternoonOf('2027-04-02')
    expect(await mailsTo(seller.email)).toHaveLength(1)
    expect(await test.nobody.ask(links.resumeLinked, { params })).toMatchObject({ paused: false })
    const stopped = await test.nobody.ask(links.stopLinked, { params, body: { stopped: true } })
    expect(stopped.stopped).toBe(true)
    await afternoonOf('2027-06-02')
    expect(await mailsTo(seller.email)).toHaveLength(1)
    await test.nobody.ask(links.stopLinked, { params, body: { stopped: false } })
    await afternoonOf('2027-06-03')
    expect(await mailsTo(seller.email)).toHaveLength(2)
  })

  it('stops with one click of the mail program, and what still waited does not leave', async () => {
    const { programmeToken } = await tokens()
    await test.db.updateTable('outbox').set({ status: 'waiting' }).execute()
    const answer = await pressOneClick(programmeToken)
    expect(answer.statusCode).toBe(200)
    expect((await mailsTo(seller.email)).map(({ status }) => status)).toEqual(['stopped'])
    expect((await pressOneClick(programmeToken)).statusCode).toBe(200)
    expect((await pressOneClick('AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(
      404,
    )
    await afternoonOf('2027-04-02')
    expect(await mailsTo(seller.email)).toHaveLength(1)
  })

  it('who joins later starts at the first', async () => {
    const site = await makeSite(test.db, test.clock.now(), regionId)
    const late = await makePerson(test.db, test.clock.now(), site, { role: 'service_operator' })
    await afternoonOf('2027-05-20')
    const first = (await mailsTo(late.email))[0]!
    const firstOfAll = (await mailsTo(seller.email))[0]!
    expect(first.subject).toBe(firstOfAll.subject)
  })
})
