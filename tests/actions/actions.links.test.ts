import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ofOne, planned, tellOwners } from './actions.factory.ts'

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

/** Lets the mails about actions leave, and reads the link in the newest one to the bystander. */
async function mailedToken(): Promise<string> {
  test.clock.advance({ minutes: 11 })
  await tellOwners(test)
  const [mail] = await test.mailbox.listMails({ to: lived.bystander.email! })
  const text = (await test.mailbox.readMail(mail!.id))?.text ?? ''
  return /\/mes-actions\/(\S+)/.exec(text)![1]!
}

const read = async (token: string) => {
  const answer = await test.nobody.call(routes.linked, { params: { token } })
  return answer.problem?.code ?? 'open'
}

const give = (action: Awaited<ReturnType<typeof planned>>, ownerId: string | null, version = 1) =>
  lived.callers.director.ask(routes.change, {
    params: ofOne(action),
    body: { title: action.title, findingIds: [], ownerId, dueOn: null, version },
  })

describe('the link in an owner’s mail', () => {
  it('ends eight weeks after the last mail; each summary puts that off', async () => {
    await planned(lived)
    const token = await mailedToken()
    test.clock.set('2027-06-28T08:00:00Z')
    await tellOwners(test)
    test.clock.set('2027-08-22T07:59:00Z')
    expect(await read(token)).toBe('open')
    test.clock.set('2027-08-23T08:00:00Z')
    expect(await read(token)).toBe('link-expired')
  })

  it('is ended by « ce n’est pas moi »; the next mail brings another', async () => {
    const action = await planned(lived)
    const token = await mailedToken()
    await test.nobody.ask(routes.disownLink, { params: { token } })
    expect(await read(token)).toBe('link-renewed')
    const answer = await test.nobody.call(routes.answerLinked, {
      params: { token, actionId: action.id },
      body: { version: 1, status: 'done', words: '' },
    })
    expect(answer.problem?.code).toBe('link-renewed')
    expect((await test.nobody.call(routes.disownLink, { params: { token } })).status).toBe(410)
    test.clock.set('2027-05-31T08:00:00Z')
    const next = await mailedToken()
    expect(next).not.toBe(token)
    expect(await read(next)).toBe('open')
    const audited = await test.db
      .selectFrom('audit_events')
      .select('subject_id')
      .where('action', '=', 'actions.disown-link')
      .where('region_id', '=', lived.region.regionId)
      .execute()
    expect(audited).toEqual([{ subject_id: lived.bystander.id }])
  })

  it('ends when a director takes the last action back, by giving it on or by removing it', async () => {
    const action = await planned(lived)
    const other = await planned(lived, { title: 'Une autre' })
    const token = await mailedToken()
    await give(action, lived.guests[0]!.id)
    expect(await read(token)).toBe('open')
    await lived.callers.director.ask(routes.remove, { params: ofOne(other) })
    expect(await read(token)).toBe('link-renewed')
    // Given again, it is another link.
    await give(action, lived.bystander.id, 2)
    expect(await read(token)).toBe('link-renewed')
    expect(await read(await mailedToken())).toBe('open')
  })

  it('is named beside what was said by it, and not beside what its owner said signed in', async () => {
    const action = await planned(lived)
    const token = await mailedToken()
    const body = { version: 1, status: 'under-way' as const, words: 'Par le mail.' }
    await test.nobody.ask(routes.answerLinked, {
      params: { token, actionId: action.id },
      body,
    })
    test.clock.advance({ minutes: 1 })
    const told = await lived.callers.bystander.ask(routes.answer, {
      params: ofOne(action),
      body: { version: 2, status: 'done', words: 'Connectée.' },
    })
    expect(told.notes.map(({ words, byLink }) => ({ words, byLink }))).toEqual([
      { words: 'Connectée.', byLink: false },
      { words: 'Par le mail.', byLink: true },
    ])
  })
})
