import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { summarise, tellOwners as tell } from '#server/features/actions/actions.notices.ts'
import { dayById } from '#server/features/days/days.service.ts'
import { setOptOut } from '#server/features/signup/signup.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ofOne, ownerToken, planned, tellOwners } from './actions.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
  // A Wednesday, 10 h in Paris.
  test.clock.set('2027-05-26T08:00:00Z')
})

/** Mails of this feature to this day’s people, oldest first. */
const mailsOf = (purpose: string) =>
  test.db
    .selectFrom('outbox')
    .select(['to_address', 'subject', 'text_body', 'unsubscribe', 'status'])
    .where('day_id', '=', lived.day.id)
    .where('purpose', '=', purpose)
    .orderBy('written')
    .execute()

describe('who is given actions', () => {
  it('hears of all of them in one mail, ten minutes after the last, in working hours', async () => {
    test.clock.set('2027-05-26T17:00:00Z')
    await planned(lived, { title: 'Première' })
    await planned(lived, { title: 'Deuxième' })
    test.clock.advance({ minutes: 11 })
    await tellOwners(test)
    expect(await mailsOf('actions-given')).toEqual([])
    test.clock.set('2027-05-27T07:00:00Z')
    await tellOwners(test)
    await tellOwners(test)
    const [mail, ...others] = await mailsOf('actions-given')
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to_address: lived.bystander.email, status: 'sent' })
    expect(mail?.text_body).toContain('Première')
    expect(mail?.text_body).toContain('Deuxième')
    expect(mail?.subject).not.toContain('Première')
  })

  it('are told once by two processes at the same moment', async () => {
    await planned(lived)
    test.clock.advance({ minutes: 11 })
    const day = (await dayById(test.db, lived.day.id))!
    const once = () =>
      inTransaction(test.db, (trx) => tell(trx, day, test.clock.now(), 'coeur.example'))
    await Promise.all([once(), once()])
    expect(await mailsOf('actions-given')).toHaveLength(1)
  })

  it('hears of it anew when it is given on, and whoever wants no mail hears nothing', async () => {
    const action = await planned(lived)
    const quiet = lived.guests[1]!
    await inTransaction(test.db, (trx) =>
      setOptOut(
        trx,
        { regionId: lived.region.regionId, dayId: lived.day.id, personId: quiet.id },
        true,
        test.clock.now(),
      ),
    )
    test.clock.advance({ minutes: 11 })
    await tellOwners(test)
    const give = (ownerId: string, version: number) =>
      lived.callers.director.ask(routes.change, {
        params: ofOne(action),
        body: { title: action.title, findingIds: [], ownerId, dueOn: null, version },
      })
    await give(lived.guests[0]!.id, 1)
    test.clock.advance({ minutes: 11 })
    await tellOwners(test)
    await give(quiet.id, 2)
    test.clock.advance({ minutes: 11 })
    await tellOwners(test)
    expect((await mailsOf('actions-given')).map((mail) => mail.to_address)).toEqual([
      lived.bystander.email,
      lived.guests[0]!.email,
    ])
  })
})

describe('the summary of a week', () => {
  it('comes on Monday in working hours, with what is open and the reader’s own, once', async () => {
    await planned(lived, { title: 'La mienne' })
    await planned(lived, { title: 'Celle d’une autre', ownerId: lived.guests[0]!.id })
    const over = await planned(lived, { title: 'Déjà faite' })
    await lived.callers.bystander.ask(routes.answer, {
      params: ofOne(over),
      body: { version: 1, status: 'done', words: '' },
    })
    test.clock.set('2027-05-31T05:00:00Z')
    await tellOwners(test)
    expect(await mailsOf('actions-weekly')).toEqual([])
    test.clock.set('2027-05-31T07:10:00Z')
    await tellOwners(test)
    await tellOwners(test)
    const mails = await mailsOf('actions-weekly')
    expect(mails.map((mail) => mail.to_address).sort()).toEqual(
      [lived.bystander.email, lived.guests[0]!.email].sort(),
    )
    const own = mails.find((mail) => mail.to_address === lived.bystander.email)
    expect(own?.text_body).toContain('La mienne')
    expect(own?.text_body).not.toContain('Celle d’une autre')
    expect(own?.text_body).not.toContain('Déjà faite')
    expect(own?.unsubscribe).toMatch(/^\{\{capability:opt-out:/)
    // What was new in it is not told a second time.
    expect(await mailsOf('actions-given')).toEqual([])
    test.clock.set('2027-06-07T07:10:00Z')
    await tellOwners(test)
    expect(await mailsOf('actions-weekly')).toHaveLength(4)
  })

  it('is written once by two processes, and again by none after a crash before the commit', async () => {
    await planned(lived)
    test.clock.set('2027-05-31T07:10:00Z')
    const day = (await dayById(test.db, lived.day.id))!
    const once = (crash = false) =>
      inTransaction(test.db, async (trx) => {
        await summarise(trx, day, test.clock.now(), 'coeur.example')
        if (crash) throw new Error('killed')
      })
    await expect(once(true)).rejects.toThrow('killed')
    expect(await mailsOf('actions-weekly')).toEqual([])
    await Promise.all([once(), once()])
    expect(await mailsOf('actions-weekly')).toHaveLength(1)
  })

  it('leads to a page, and can be left by one click of the mail program', async () => {
    await planned(lived)
    test.clock.set('2027-05-31T07:10:00Z')
    await tellOwners(test)
    const mail = (await test.mailbox.listMails({ limit: 20 })).find(({ to }) =>
      JSON.stringify(to).includes(lived.bystander.email!),
    )
    const raw = (await test.mailbox.readRaw(mail!.id))!.toString()
    expect(raw).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
    const token = await ownerToken(test, lived, lived.bystander.id)
    expect(raw.replaceAll('=\r\n', '')).toContain(`/mes-actions/${token}`)
    const leave = /List-Unsubscribe: <[^>]*(\/desinscription\/[\w.-]+)>/.exec(
      raw.replaceAll('\r\n ', ' '),
    )
    const left = await test.app.inject({
      method: 'POST',
      url: leave![1]!,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
    expect(left.statusCode).toBe(200)
    test.clock.set('2027-06-07T07:10:00Z')
    await tellOwners(test)
    expect(await mailsOf('actions-weekly')).toHaveLength(1)
  })
})
