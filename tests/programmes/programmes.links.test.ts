import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { programmesRoutes as routes } from '#shared/programmes/programmes.contract.ts'
import { programmeLinksRoutes as links } from '#shared/programmes/programmes.links.contract.ts'
import { makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { runningProgramme } from './programmes.factory.ts'

// Somebody’s links got about: they are replaced, and what counts goes to its person’s mailbox alone.

let test: TestApp
let director: Caller
let reader: Awaited<ReturnType<typeof makePerson>>
let made: Awaited<ReturnType<typeof runningProgramme>>
beforeEach(async () => {
  test = await startTestApp()
  onTestFinished(() => test.close())
  const { db, clock } = test
  const region = await makeRegion(db, clock.now())
  director = await test.signedIn(region.director)
  const site = await makeSite(db, clock.now(), region.regionId)
  reader = await makePerson(db, clock.now(), site, { firstName: 'Maëlle' })
  made = await runningProgramme(test, region.regionId, reader.id)
})

const open = (token: string) => test.nobody.call(links.linkedReminder, { params: { token } })

/** The tokens in the last mail somebody got. */
async function mailed() {
  await test.runJobs()
  const mails = await test.mailbox.listMails({ to: reader.email! })
  const { text } = (await test.mailbox.readMail(mails[0]!.id))!
  const token = (path: string) => new RegExp(`${path}([\\w-]+\\.[\\w-]+)`).exec(text)?.[1] ?? ''
  return { count: mails.length, reminder: token('/rappel/'), programme: token('/parcours/') }
}

describe('links that got about', () => {
  it('are replaced by their person: the former say so, the next comes by mail', async () => {
    const params = { token: made.programmeToken }
    const renewed = await test.nobody.ask(links.renewLinked, { params })
    expect(renewed).toEqual({ mailed: true })
    for (const answer of [
      await open(made.reminderToken),
      await test.nobody.call(links.linkedProgramme, { params }),
      await test.nobody.call(links.stopLinked, { params, body: { stopped: true } }),
      await test.nobody.call(links.renewLinked, { params }),
    ]) {
      expect(answer.problem?.code).toBe('link-renewed')
    }
    const next = await mailed()
    expect((await open(next.reminder)).body).toMatchObject({ position: 1, stopped: false })
    const programme = { token: next.programme }
    expect((await test.nobody.call(links.linkedProgramme, { params: programme })).status).toBe(200)
  })

  it('are taken back by a director, who sees nothing of it, and of whom nobody is told', async () => {
    const { programmeId } = made
    await director.ask(routes.renewPerson, { params: { programmeId, personId: reader.id } })
    expect((await open(made.reminderToken)).problem?.code).toBe('link-renewed')
    await test.runJobs()
    expect(await test.mailbox.listMails({ to: reader.email! })).toEqual([])
    const audited = await test.db
      .selectFrom('audit_events')
      .select(['subject_id', 'details'])
      .where('action', '=', 'programmes.renew-links')
      .execute()
    expect(audited).toEqual([{ subject_id: programmeId, details: {} }])
  })

  it('bring their person the current one, thrice an hour at most, whoever holds them', async () => {
    const { programmeId, reminderToken, programmeToken } = made
    await director.ask(routes.renewPerson, { params: { programmeId, personId: reader.id } })
    const ofReminder = { params: { token: reminderToken } }
    const ofProgramme = { params: { token: programmeToken } }
    const all = await Promise.all([
      test.nobody.call(links.reminderAgain, ofReminder),
      test.nobody.call(links.programmeAgain, ofProgramme),
      test.nobody.call(links.reminderAgain, ofReminder),
      test.nobody.call(links.programmeAgain, ofProgramme),
    ])
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429])
    // The answer tells whoever asked nothing but that.
    expect(all.find(({ status }) => status === 200)!.body).toEqual({ mailed: true })
    const next = await mailed()
    expect(next.count).toBe(3)
    expect((await open(next.reminder)).status).toBe(200)
  })

  it('bring nothing to who never had one, or once the programme is over', async () => {
    const forged = { params: { token: `${made.reminderToken.slice(0, -3)}AAA` } }
    expect((await test.nobody.call(links.reminderAgain, forged)).problem?.code).toBe('not-found')
    const { version } = await director.ask(routes.programme, { params: made })
    await director.ask(routes.end, { params: made, body: { version } })
    const params = { token: made.reminderToken }
    const over = await test.nobody.call(links.reminderAgain, { params })
    expect(over.problem?.code).toBe('programme-ended')
  })

  it('are replaced once by two presses at once: the second finds them replaced', async () => {
    const params = { token: made.programmeToken }
    const press = () => test.nobody.call(links.renewLinked, { params })
    const both = await Promise.all([press(), press()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
    const next = await mailed()
    expect(next.count).toBe(1)
    expect((await open(next.reminder)).status).toBe(200)
  })
})
