import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { withdrawFinding } from '#server/features/findings/findings.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { type Action, actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { findingsRoutes } from '#shared/findings/findings.contract.ts'
import { grouped, observed } from '../findings/findings.factory.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ofOne, ownerToken, planned } from './actions.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
})
afterAll(() => test.close())

const director = () => lived.callers.director
const ofDay = () => ({ dayId: lived.day.id })
const finding = async (title: string) => grouped(lived, await observed(lived, {}, {}), title)
const readAgain = async ({ id }: Action) =>
  (await director().ask(routes.actions, { params: ofDay() })).actions.find((one) => one.id === id)

describe('an action', () => {
  it('answers findings, and tells of each how often it was seen', async () => {
    const [one, other] = [await finding('Tout répéter'), await finding('Attendre debout')]
    const before = await director().ask(routes.actions, { params: ofDay() })
    expect(before.findings.find(({ id }) => id === one.id)).toMatchObject({ actionCount: 0 })
    const action = await planned(lived, { findingIds: [one.id, other.id] })
    expect(action).toMatchObject({ status: 'to-decide', dueOn: '2027-06-03', version: 1 })
    expect(action.owner).toMatchObject({ id: lived.bystander.id, hasMail: true })
    expect(action.findings.map(({ title }) => title).sort()).toEqual([
      'Attendre debout',
      'Tout répéter',
    ])
    expect(action.findings[0]).toMatchObject({ observationCount: 2, withdrawn: false })
    const after = await director().ask(routes.actions, { params: ofDay() })
    expect(after.findings.find(({ id }) => id === one.id)).toMatchObject({ actionCount: 1 })
  })

  it('keeps its finding from being dissolved, and shows when it is withdrawn', async () => {
    const why = await finding('Payer deux fois')
    const action = await planned(lived, { findingIds: [why.id] })
    const at = { params: { dayId: lived.day.id, findingId: why.id } }
    const dissolved = await director().call(findingsRoutes.dissolve, at)
    expect(dissolved.problem?.code).toBe('finding-in-use')
    const body = { version: why.version, reason: 'Vu deux fois par erreur.' }
    await director().ask(findingsRoutes.withdraw, { ...at, body })
    expect((await readAgain(action))?.findings).toMatchObject([{ id: why.id, withdrawn: true }])
    const plan = { title: 'Une autre', findingIds: [why.id], ownerId: null, dueOn: null }
    const another = await director().call(routes.create, { params: ofDay(), body: plan })
    expect(another.problem?.code).toBe('finding-withdrawn')
    // The action it belongs to may still be worded anew.
    await director().ask(routes.change, {
      params: ofOne(action),
      body: { ...plan, version: action.version },
    })
  })

  it('is not made of a finding that is being withdrawn at the same moment: it waits, and is told', async () => {
    const why = await finding('Attendre au téléphone')
    const by = { ...ofDay(), regionId: lived.region.regionId, accountId: lived.region.director }
    const wording = { version: why.version, reason: 'Une erreur.' }
    const [withdrawn, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const withdrawing = inTransaction(test.db, async (trx) => {
      await withdrawFinding(trx, by, why.id, wording, test.clock.now())
      withdrawn.resolve()
      await commit.promise
    })
    await withdrawn.promise
    const plan = { title: 'Rappeler', findingIds: [why.id], ownerId: null, dueOn: null }
    const making = director().call(routes.create, { params: ofDay(), body: plan })
    await vi.waitUntil(async () => {
      const { rows } = await sql`select 1 from pg_locks where not granted`.execute(test.db)
      return rows.length > 0
    })
    commit.resolve()
    await withdrawing
    expect((await making).problem?.code).toBe('finding-withdrawn')
  })

  it('is not given to somebody of another region, nor made of what is not there', async () => {
    const { db, clock } = test
    const elsewhere = await makeRegion(db, clock.now())
    const stranger = await makePerson(
      db,
      clock.now(),
      await makeSite(db, clock.now(), elsewhere.regionId),
    )
    const plan = { title: 'Une action', findingIds: [], ownerId: stranger.id, dueOn: null }
    const given = await director().call(routes.create, { params: ofDay(), body: plan })
    expect(given.problem?.code).toBe('not-found')
    const made = await director().call(routes.create, {
      params: ofDay(),
      body: { ...plan, ownerId: null, findingIds: [stranger.id] },
    })
    expect(made.problem?.code).toBe('not-found')
  })

  it('tells the second of two who change it at once, and keeps the words of the first', async () => {
    const action = await planned(lived)
    const change = (title: string) =>
      director().call(routes.change, {
        params: ofOne(action),
        body: { title, findingIds: [], ownerId: null, dueOn: null, version: action.version },
      })
    const outcomes = await Promise.all([change('Les mots de l’une'), change('Les mots de l’autre')])
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(outcomes.find(({ problem }) => problem)?.problem?.code).toBe('action-changed')
    const first = outcomes.find(({ body }) => body)?.body
    expect((await readAgain(action))?.title).toBe(first?.title)
  })

  it('made by mistake goes, unless somebody has spoken about it', async () => {
    const why = await finding('Une erreur')
    const mistake = await planned(lived, { findingIds: [why.id] })
    await director().ask(routes.remove, { params: ofOne(mistake) })
    expect(await readAgain(mistake)).toBeUndefined()
    await director().ask(findingsRoutes.dissolve, {
      params: { dayId: lived.day.id, findingId: why.id },
    })
    const spoken = await planned(lived)
    const body = { version: 1, status: 'to-decide' as const, words: 'On en parle lundi.' }
    await director().ask(routes.answer, { params: ofOne(spoken), body })
    const refused = await director().call(routes.remove, { params: ofOne(spoken) })
    expect(refused.problem?.code).toBe('action-begun')
  })
})

describe('an answer', () => {
  it('says no only with a reason, and keeps a former reason when it becomes a yes', async () => {
    const action = await planned(lived)
    const answer = (body: object) =>
      lived.callers.bystander.call(routes.answer, {
        params: ofOne(action),
        body: body as { version: number; status: 'declined'; words: string },
      })
    const mute = await answer({ version: 1, status: 'declined', words: ' ' })
    expect(mute.problem?.code).toBe('invalid-input')
    test.clock.set('2027-05-25T08:00:00Z')
    const no = await answer({ version: 1, status: 'declined', words: 'Trop cher cette année.' })
    expect(no.body).toMatchObject({ status: 'declined', reason: 'Trop cher cette année.' })
    expect(no.body?.decidedAt).toEqual(test.clock.now())
    test.clock.set('2027-05-26T08:00:00Z')
    const yes = await answer({ version: 2, status: 'under-way', words: '' })
    expect(yes.body).toMatchObject({ status: 'under-way', reason: null })
    expect(yes.body?.decidedAt).toEqual(test.clock.now())
    test.clock.set('2027-05-27T08:00:00Z')
    const done = await answer({ version: 3, status: 'done', words: 'En place depuis ce matin.' })
    // A yes that is done was decided when it became a yes.
    expect(done.body?.decidedAt).toEqual(new Date('2027-05-26T08:00:00Z'))
    expect(done.body?.notes.map(({ status, words }) => [status, words])).toEqual([
      ['done', 'En place depuis ce matin.'],
      ['under-way', ''],
      ['declined', 'Trop cher cette année.'],
    ])
    expect(done.body?.notes[0]?.by).toContain('Zoé')
  })

  it('of the owner and of a director at once counts once, and the second is told', async () => {
    const action = await planned(lived)
    const said = (words: string) => ({
      params: ofOne(action),
      body: { version: 1, status: 'under-way' as const, words },
    })
    const outcomes = await Promise.all([
      lived.callers.bystander.call(routes.answer, said('Moi')),
      director().call(routes.answer, said('Non, moi')),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await readAgain(action))?.notes).toHaveLength(1)
  })

  it('comes from its owner or a director alone', async () => {
    const action = await planned(lived)
    const body = { version: 1, status: 'done' as const, words: '' }
    const other = await lived.callers.host.call(routes.answer, { params: ofOne(action), body })
    expect(other.problem?.code).toBe('forbidden')
    const plan = { title: 'Autre chose', findingIds: [], ownerId: null, dueOn: null, version: 1 }
    const owner = lived.callers.bystander
    const reworded = await owner.call(routes.change, { params: ofOne(action), body: plan })
    expect(reworded.problem?.code).toBe('forbidden')
  })
})

describe('the link of a mail', () => {
  it('shows its reader’s own actions and lets them answer, with no account', async () => {
    const mine = await planned(lived, { ownerId: lived.guests[1]!.id })
    const theirs = await planned(lived, { ownerId: lived.guests[2]!.id })
    const token = await ownerToken(test, lived, lived.guests[1]!.id)
    const linked = await test.nobody.ask(routes.linked, { params: { token } })
    expect(linked.firstName).toBe('Bruno')
    expect(linked.actions.map(({ id }) => id)).toEqual([mine.id])
    const body = { version: 1, status: 'under-way' as const, words: 'J’appelle lundi.' }
    const answered = await test.nobody.ask(routes.answerLinked, {
      params: { token, actionId: mine.id },
      body,
    })
    expect(answered).toMatchObject({ status: 'under-way', version: 2 })
    expect(answered.notes[0]).toMatchObject({ words: 'J’appelle lundi.' })
    const measure = {
      name: 'Attente au comptoir',
      unit: 'minutes',
      before: { value: 12.5, on: '2027-05-20' },
      after: null,
    }
    const measured = await test.nobody.ask(routes.measureLinked, {
      params: { token, actionId: mine.id },
      body: { version: 2, measure },
    })
    expect(measured.measure).toEqual(measure)
    const strange = { params: { token, actionId: theirs.id }, body }
    const refused = await test.nobody.call(routes.answerLinked, strange)
    expect(refused.problem?.code).toBe('not-found')
    const forged = await test.nobody.call(routes.linked, { params: { token: `${token}x` } })
    expect(forged.problem?.code).toBe('link-expired')
  })

  it('is worth nothing any more for an action that was given on', async () => {
    const action = await planned(lived, { ownerId: lived.guests[3]!.id })
    const token = await ownerToken(test, lived, lived.guests[3]!.id)
    await director().ask(routes.change, {
      params: ofOne(action),
      body: {
        title: action.title,
        findingIds: [],
        ownerId: lived.bystander.id,
        dueOn: null,
        version: 1,
      },
    })
    const late = await test.nobody.call(routes.answerLinked, {
      params: { token, actionId: action.id },
      body: { version: 2, status: 'done', words: '' },
    })
    expect(late.problem?.code).toBe('link-renewed')
  })
})

describe('an owner who was erased from the roster', () => {
  it('leaves the action with everything said about it; the director is told and gives it on', async () => {
    const { db, clock } = test
    const leaver = await makePerson(db, clock.now(), lived.shop, { firstName: 'Yann' })
    const action = await planned(lived, { ownerId: leaver.id })
    const body = { version: 1, status: 'under-way' as const, words: 'Commencé.' }
    const caller = await test.signedIn(leaver.accountId!)
    await caller.ask(routes.answer, { params: ofOne(action), body })
    const watched = async () =>
      (await director().ask(daysRoutes.timeline, { params: ofDay() })).watch.find(
        ({ code }) => code === 'actions-without-owner',
      )?.count ?? 0
    const before = await watched()
    await db.deleteFrom('people').where('id', '=', leaver.id).execute()
    expect(await watched()).toBe(before + 1)
    const orphan = await readAgain(action)
    expect(orphan).toMatchObject({ owner: null, status: 'under-way' })
    expect(orphan?.notes).toMatchObject([{ words: 'Commencé.' }])
    const { title, version } = orphan!
    const plan = { title, findingIds: [], ownerId: lived.bystander.id, dueOn: null, version }
    await director().ask(routes.change, { params: ofOne(action), body: plan })
    expect(await watched()).toBe(before)
    const mine = await lived.callers.bystander.ask(routes.mine)
    expect(mine.map(({ id }) => id)).toContain(action.id)
  })
})

describe('the audit', () => {
  it('tells who changed what, and nothing that was said', async () => {
    const action = await planned(lived)
    const body = { version: 1, status: 'declined' as const, words: 'Un secret de direction.' }
    await director().ask(routes.answer, { params: ofOne(action), body })
    const entries = await test.db
      .selectFrom('audit_events')
      .selectAll()
      .where('subject_id', '=', action.id)
      .orderBy('happened_at')
      .orderBy('id')
      .execute()
    expect(entries.map((entry) => entry.action).sort()).toEqual([
      'actions.answer',
      'actions.create',
    ])
    expect(JSON.stringify(entries)).not.toContain('secret de direction')
  })
})
