import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { releaseAnswers } from '#server/features/answers/answers.service.ts'
import { finishReminder, reminderHolder } from '#server/features/programmes/programmes.links.ts'
import { newId } from '#server/platform/identity.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import { programmesRoutes } from '#shared/programmes/programmes.contract.ts'
import { programmeLinksRoutes } from '#shared/programmes/programmes.links.contract.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { aMonday, anHour, posted, readers } from './answers.factory.ts'

let test: TestApp
let made: Awaited<ReturnType<typeof readers>>
let director: Caller
let reactions: string[]
beforeEach(async () => {
  test = await startTestApp()
  onTestFinished(() => test.close())
  made = await readers(test)
  director = await test.signedIn(made.director)
  const { story } = await test.nobody.ask(programmeLinksRoutes.linkedReminder, {
    params: { token: tokenOf(0) },
  })
  reactions = story.reactions.map(({ id }) => id)
})

const tokenOf = (person: number) => made.links[person]!.reminderToken
const answer = (person: number, said: ReminderAnswer, id?: string) =>
  posted(test, tokenOf(person), said, id)
const react = (person: number, at = 0, id?: string) =>
  answer(person, { question: 'reaction', value: reactions[at]! }, id)
const read = () => director.ask(routes.answers, { params: { programmeId: made.programmeId } })
const told = async (question: string) =>
  (await read()).counts.filter((one) => one.question === question)
async function end() {
  const params = { programmeId: made.programmeId }
  const { version } = await director.ask(programmesRoutes.programme, { params })
  await director.ask(programmesRoutes.end, { params, body: { version } })
}

describe('a director', () => {
  it('reads answers once five of a group are there, and those that are not stay unread', async () => {
    for (const person of [0, 1, 2, 3]) await react(person, person % 2)
    await aMonday(test)
    expect(await told('reaction')).toEqual([])
    expect((await read()).waitingAtLeast).toBe(0)

    await react(4, 0)
    await react(9, 2)
    expect((await read()).waitingAtLeast).toBe(0)
    await anHour(test)
    expect((await read()).waitingAtLeast).toBe(5)
    expect(await told('reaction')).toEqual([])
    await aMonday(test)
    const counts = await told('reaction')
    expect(counts.map(({ value, count }) => [value, count])).toEqual(
      [
        [reactions[0], 3],
        [reactions[1], 2],
      ].toSorted(),
    )
    // One who is no seller waits, for good if need be.
    expect(new Set(counts.map(({ groupId }) => groupId)).size).toBe(1)
  })

  it('reads what small groups said once the programme is over, together, from five on', async () => {
    for (const person of [0, 1, 2, 9, 10]) await react(person)
    await answer(3, { question: 'began', value: 'yes' })
    await aMonday(test)
    expect((await read()).counts).toEqual([])
    await end()
    await aMonday(test)
    const { counts, groups, waitingAtLeast } = await read()
    expect(counts.map(({ question, count }) => [question, count])).toEqual([['reaction', 5]])
    expect(groups.find(({ id }) => id === counts[0]!.groupId)?.role).toBeNull()
    expect(waitingAtLeast).toBe(0)
    expect(await test.db.selectFrom('answer_waiting').selectAll().execute()).toEqual([])
  })

  it('reads lines of one’s own by themselves, in no order, and five at least', async () => {
    const lines = ['un', 'deux', 'trois', 'quatre', 'cinq']
    for (const [person, value] of lines.slice(0, 4).entries())
      await answer(person, { question: 'line', value })
    await aMonday(test)
    expect((await read()).lines).toEqual([])
    await answer(9, { question: 'line', value: 'cinq' })
    await aMonday(test)
    const read5 = (await read()).lines
    expect(read5.map(({ words }) => words).toSorted()).toEqual(lines.toSorted())
    for (const line of read5) expect(Object.keys(line)).toEqual(['position', 'question', 'words'])
  })

  it('is told by fives how many finished', async () => {
    const finish = async (person: number) => {
      const { db, clock, services } = test
      const holder = await reminderHolder(db, services.secret, tokenOf(person), clock.now())
      if (isRefusal(holder)) throw new Error(holder.refused)
      await inTransaction(db, (trx) => finishReminder(trx, holder, { recorded: false }))
    }
    for (const person of [0, 1, 2, 3, 4, 5]) await finish(person)
    await react(0)
    await aMonday(test)
    expect((await told('finished')).map(({ count }) => count)).toEqual([6])
    for (const person of [6, 7, 8, 9]) await finish(person)
    await aMonday(test)
    expect((await told('finished')).map(({ count }) => count)).toEqual([6])
    await finish(10)
    await aMonday(test)
    expect((await told('finished')).map(({ count }) => count)).toEqual([11])
  })
})

describe('an answer', () => {
  it('counts once however often it is sent, while it waits and long afterwards', async () => {
    const ids = [0, 1, 2, 3, 4].map(() => crypto.randomUUID())
    for (const [person, id] of ids.entries())
      await Promise.all([react(person, 0, id), react(person, 0, id)])
    await anHour(test)
    await react(0, 0, ids[0])
    await aMonday(test)
    await react(1, 0, ids[1])
    await aMonday(test)
    expect((await told('reaction')).map(({ count }) => count)).toEqual([5])
  })

  it('is told once where two processes tell at the same moment', async () => {
    for (const person of [0, 1, 2, 3, 4]) await react(person)
    await anHour(test)
    const { db, services, clock } = test
    const release = () =>
      inTransaction(db, (trx) =>
        releaseAnswers(trx, services.secret, made.programmeId, clock.now(), () => 0),
      )
    await Promise.all([release(), release()])
    expect((await told('reaction')).map(({ count }) => count)).toEqual([5])
  })

  it('is refused with a sentence where it is none', async () => {
    const refusal = async (said: ReminderAnswer, id?: string) => (await answer(0, said, id)).problem
    const tooLong = { question: 'line', value: '🙂'.repeat(10_000) } as const
    expect((await refusal(tooLong))?.code).toBe('invalid-input')
    expect((await refusal({ question: 'line', value: 'x'.repeat(10_000) }))?.code).toBe(
      'invalid-input',
    )
    expect((await refusal({ question: 'line', value: 'a\u0000b' }))?.code).toBe('invalid-input')
    expect((await refusal({ question: 'reaction', value: 'made-up' }))?.code).toBe('not-found')
    const timed = newId(test.clock.now())
    expect((await refusal({ question: 'began', value: 'yes' }, timed))?.code).toBe('invalid-input')
    const id = crypto.randomUUID()
    const stolen = { credential: tokenOf(0), position: 1, question: 'began', value: 'yes' } as const
    const { problem } = await test.nobody.call(routes.sendAnswer, { body: { id, ...stolen } })
    expect(problem?.code).toBe('link-expired')
  })

  it('comes too late once the programme is over', async () => {
    const { credential } = await test.nobody.ask(routes.answering, {
      params: { token: tokenOf(0) },
    })
    await end()
    const body = { id: crypto.randomUUID(), credential, position: 1 }
    const { problem } = await test.nobody.call(routes.sendAnswer, {
      body: { ...body, question: 'began', value: 'yes' },
    })
    expect(problem?.code).toBe('programme-ended')
  })
})

describe('a credential', () => {
  it('is the same for everybody of a group, also for two who open the first reminder at once', async () => {
    const credentials = await Promise.all(
      made.links.map(({ reminderToken }) =>
        test.nobody.ask(routes.answering, { params: { token: reminderToken } }),
      ),
    )
    expect(credentials[0]).toEqual(credentials[8])
    expect(credentials[9]).toEqual(credentials[16])
    expect(new Set(credentials.map(({ credential }) => credential)).size).toBe(2)
    // The names to keep out of a line come along, told to nobody: the same for all, and no name in it.
    expect(credentials[0]!.names).toEqual(credentials[16]!.names)
    expect(credentials[0]!.names.bits.length).toBeGreaterThan(100)
    // And the empty one of everybody else.
    expect((await read()).groups.map(({ people }) => people)).toEqual([9, 8, 0])
  })
})
