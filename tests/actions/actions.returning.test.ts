import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tellObservers as tell } from '#server/features/actions/actions.returning.ts'
import { dayById } from '#server/features/days/days.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { type Action, actionsRoutes } from '#shared/actions/actions.contract.ts'
import { returningRoutes as routes } from '#shared/actions/actions.returning.contract.ts'
import type { ActionStatus } from '#shared/actions/actions.vocabulary.ts'
import { findingsRoutes } from '#shared/findings/findings.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { grouped, observed } from '../findings/findings.factory.ts'
import {
  anonymously,
  type LivedDay,
  livedDay,
  release,
} from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ofOne, planned } from './actions.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
})

/** An anonymous observation that has come among the others, and what its author holds. */
async function anonymous() {
  const { sent, held } = anonymously(lived)
  await test.nobody.ask(observationsRoutes.sendAnonymously, { body: sent })
  test.clock.advance({ minutes: 61 })
  await release(test)
  return { id: sent.id, held }
}

const answer = (action: Action, status: ActionStatus, words = 'Pour une bonne raison.') =>
  lived.callers.director.ask(actionsRoutes.answer, {
    params: ofOne(action),
    body: { version: action.version, status, words },
  })
const becameOf = async (held: { id: string; secret: string }) =>
  (await test.nobody.ask(routes.becameAnonymously, { body: held })).became
const mine = () =>
  lived.callers.guests[0]!.ask(routes.becameOfMine, { params: { dayId: lived.day.id } })

describe('what became of an observation', () => {
  it('is told to its named author and to who holds the secret, step by step', async () => {
    const { id, held } = await anonymous()
    const [named] = await observed(lived, {})
    expect(await becameOf(held)).toBeNull()
    expect(await mine()).toEqual([])
    const finding = await grouped(lived, [id, named!])
    expect(await becameOf(held)).toEqual({ finding: 'Tout répéter', actions: [] })
    const action = await planned(lived, { findingIds: [finding.id] })
    await answer(action, 'declined', 'Trop cher cette année.')
    const expected = {
      finding: 'Tout répéter',
      actions: [
        {
          title: action.title,
          status: 'declined',
          reason: 'Trop cher cette année.',
          decidedAt: test.clock.now(),
        },
      ],
    }
    expect(await becameOf(held)).toEqual(expected)
    expect(await mine()).toEqual([{ observationId: named, ...expected }])
  })

  it('of a finding that was withdrawn is that it waits again', async () => {
    const { id, held } = await anonymous()
    const finding = await grouped(lived, [id])
    const body = { version: finding.version, reason: 'Fait deux fois.' }
    await lived.callers.director.ask(findingsRoutes.withdraw, {
      params: { dayId: lived.day.id, findingId: finding.id },
      body,
    })
    expect(await becameOf(held)).toBeNull()
  })
})

describe('a stolen secret', () => {
  it('lets its holder follow and withdraw, shows nobody, and leaves the decision as it is', async () => {
    const { id, held } = await anonymous()
    const [named] = await observed(lived, { situation: 'Ce qu’une collègue a écrit.' })
    const finding = await grouped(lived, [id, named!])
    const action = await planned(lived, { findingIds: [finding.id] })
    const answered = await answer(action, 'under-way', 'Une note entre nous.')
    const told = JSON.stringify(await becameOf(held))
    for (const hidden of ['Ce qu’une collègue', 'Une note entre nous', 'Zoé', lived.bystander.id]) {
      expect(told).not.toContain(hidden)
    }
    await test.nobody.ask(observationsRoutes.withdrawAnonymously, { body: held })
    expect(await becameOf(held)).toBeNull()
    const plan = await lived.callers.director.ask(actionsRoutes.actions, {
      params: { dayId: lived.day.id },
    })
    expect(plan.actions).toMatchObject([
      { id: action.id, status: 'under-way', version: answered.version },
    ])
    expect(plan.actions[0]?.findings).toMatchObject([{ id: finding.id, observationCount: 1 }])
    const wrong = await test.nobody.call(routes.becameAnonymously, {
      body: { ...held, secret: '9'.repeat(25) },
    })
    expect(wrong.problem?.code).toBe('not-found')
  })
})

describe('the message to named observers', () => {
  const mails = () =>
    test.db
      .selectFrom('outbox')
      .select(['to_address', 'text_body', 'subject'])
      .where('day_id', '=', lived.day.id)
      .where('purpose', '=', 'observations-became')
      .orderBy('written')
      .execute()
  async function tellObservers() {
    await addJob(test.db, 'tell-observers', {})
    await test.runJobs()
  }
  /** Two findings, seen by a guest and by somebody anonymous, each with an action. */
  async function twoActions() {
    const { id } = await anonymous()
    const [one, other] = await observed(lived, {}, {})
    const first = await grouped(lived, [one!, id])
    const second = await grouped(lived, [other!], 'Attendre debout')
    test.clock.set('2027-05-26T08:00:00Z')
    return [
      await planned(lived, { title: 'Un seul dossier', findingIds: [first.id] }),
      await planned(lived, { title: 'Des sièges', findingIds: [second.id] }),
    ] as const
  }

  it('gathers what is new to each, two hours after, in working hours, and says it once', async () => {
    const [first, second] = await twoActions()
    await tellObservers()
    expect(await mails()).toEqual([])
    const underWay = await answer(first, 'under-way')
    await answer(second, 'declined', 'La place manque.')
    test.clock.advance({ hours: 1 })
    await tellObservers()
    expect(await mails()).toEqual([])
    test.clock.advance({ hours: 1, minutes: 1 })
    await tellObservers()
    await tellObservers()
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail?.to_address).toBe(lived.guests[0]!.email)
    for (const said of ['Un seul dossier', 'Des sièges', 'La place manque.']) {
      expect(mail?.text_body).toContain(said)
      expect(mail?.subject).not.toContain(said)
    }
    // Progress on the same answer is no news; another answer is, on the next working day.
    const progress = await answer(underWay, 'under-way', 'On avance.')
    test.clock.advance({ hours: 2, minutes: 1 })
    await tellObservers()
    expect(await mails()).toHaveLength(1)
    await answer(progress, 'done')
    test.clock.set('2027-05-26T21:00:00Z')
    await tellObservers()
    expect(await mails()).toHaveLength(1)
    test.clock.set('2027-05-27T07:30:00Z')
    await tellObservers()
    const [, news] = await mails()
    expect(news?.text_body).toContain('Un seul dossier')
    expect(news?.text_body).not.toContain('Des sièges')
  })

  it('locks nothing it told before, and at nothing half a year later', async () => {
    const [first, second] = await twoActions()
    await answer(first, 'done')
    test.clock.advance({ hours: 3 })
    await tellObservers()
    const marks = async () =>
      (
        await sql`select xmin::text, xmax::text from action_returns r
          where r.action_id = ${first.id}`.execute(test.db)
      ).rows
    const before = await marks()
    expect(before).toHaveLength(1)
    await answer(second, 'under-way')
    test.clock.set('2027-05-26T15:00:00Z')
    await tellObservers()
    expect(await mails()).toHaveLength(2)
    expect(await marks()).toEqual(before)
    const late = await planned(lived, { findingIds: first.findings.map(({ id }) => id) })
    await answer(late, 'done')
    test.clock.set('2027-12-01T09:00:00Z')
    await tellObservers()
    expect(await mails()).toHaveLength(2)
  })

  it('of one day that fails keeps no other day waiting', async () => {
    const [broken] = await twoActions()
    await answer(broken, 'done')
    const brokenDay = lived.day.id
    // A younger day, which comes later.
    test.clock.set('2027-03-01T10:00:00Z')
    lived = await livedDay(test)
    const [sound] = await twoActions()
    await answer(sound, 'done')
    await sql
      .raw(`create function refuse_day() returns trigger language plpgsql as
      $$ begin if new.day_id = '${brokenDay}' then raise 'no room left'; end if; return new; end $$;
      create trigger refuse_day before insert on outbox for each row execute function refuse_day();`)
      .execute(test.db)
    test.clock.advance({ hours: 3 })
    await tellObservers()
    await sql`drop function refuse_day cascade`.execute(test.db)
    expect(brokenDay < lived.day.id).toBe(true)
    expect(await mails()).toHaveLength(1)
  })

  it('is written once by two processes at the same moment', async () => {
    const [first] = await twoActions()
    await answer(first, 'done')
    test.clock.advance({ hours: 3 })
    const day = (await dayById(test.db, lived.day.id))!
    const outgoing = { mailDomain: 'coeur.example', publicUrl: 'https://coeur.example' }
    const once = () => inTransaction(test.db, (trx) => tell(trx, day, test.clock.now(), outgoing))
    await Promise.all([once(), once()])
    expect(await mails()).toHaveLength(1)
  })

  it('goes to nobody for an anonymous observation, and leaves no trace of its author', async () => {
    const { id } = await anonymous()
    const finding = await grouped(lived, [id])
    const action = await planned(lived, { findingIds: [finding.id] })
    test.clock.set('2027-05-26T08:00:00Z')
    await answer(action, 'done')
    test.clock.advance({ hours: 3 })
    await tellObservers()
    expect(await mails()).toEqual([])
    const returns = await test.db
      .selectFrom('action_returns')
      .selectAll()
      .where('action_id', '=', action.id)
      .execute()
    expect(returns).toEqual([])
  })
})
