import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { lastWholeWeek, versionToSpeak } from '#server/features/records/records.rules.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { answersRoutes } from '#shared/answers/answers.contract.ts'
import { programmeLinksRoutes as links } from '#shared/programmes/programmes.links.contract.ts'
import { recordsRoutes as routes } from '#shared/records/records.contract.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { runningProgramme } from '../programmes/programmes.factory.ts'
import { makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { startTestApp } from '../support/app.ts'
import { type Stored, startStore } from './records.store.ts'

// Against a store that refuses what a conforming one refuses.

/** A region where as many people as wanted were told their first reminder, and a store. */
async function stage({ people = 1, versions }: { people?: number; versions?: string[] } = {}) {
  const store = await startStore(versions)
  onTestFinished(() => store.stop())
  const test = await startTestApp({ config: { xapiUrl: store.url } })
  onTestFinished(() => test.close())
  const { db, clock } = test
  // A Wednesday.
  clock.set('2027-03-03T10:00:00Z')
  const { regionId, director, administrator: runs } = await makeRegion(db, clock.now())
  const site = await makeSite(db, clock.now(), regionId)
  const readers = []
  for (let index = 0; index < people; index++) {
    readers.push(await makePerson(db, clock.now(), site, { lastName: `Lecteur${index}` }))
  }
  const tokens: string[] = []
  let programmeId = ''
  for (const { id } of readers) {
    const made = await runningProgramme(test, regionId, id)
    programmeId = made.programmeId
    tokens.push(made.reminderToken)
  }
  const finish = (token = tokens[0]!) =>
    test.nobody.ask(links.finishReminder, { params: { token } })
  const look = async () => {
    await addJob(db, 'send-records', {})
    await test.runJobs()
  }
  /** The week is over, and the hourly look comes. */
  const nextWeek = async () => {
    clock.set('2027-03-09T09:00:00Z')
    await look()
  }
  const administrator = await test.signedIn(runs)
  const view = () => administrator.ask(routes.records)
  return {
    ...{ test, store, regionId, director, readers, tokens, programmeId },
    ...{ administrator, finish, look, nextWeek, view },
  }
}

const verbsOf = (stored: Map<string, Stored>) =>
  [...stored.values()].map(({ verb }) => verb.id.split('/').at(-1)).sort()
const waiting = (test: Awaited<ReturnType<typeof stage>>['test']) =>
  test.db.selectFrom('record_statements').selectAll().execute()

describe('a finished reminder', () => {
  it('is told once its week is over: begun and completed, by an account that names nobody', async () => {
    const { test, store, readers, programmeId, finish, look, nextWeek } = await stage()
    await finish()
    await finish()
    await look()
    expect(store.heard).toEqual([])
    await nextWeek()
    expect(store.heard).toEqual([{ version: '2.0.0', count: 2, status: 200 }])
    const told = [...store.stored.values()]
    expect(verbsOf(store.stored)).toEqual(['completed', 'initialized'])
    const completed = told.find(({ result }) => result?.completion)!
    expect(completed).toMatchObject({
      verb: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { fr: 'a terminé' } },
      actor: { account: { homePage: 'http://localhost:3000' } },
      context: { registration: programmeId },
      timestamp: '2027-03-01T00:00:00.000Z',
    })
    expect(completed.object.id).toMatch(
      /^http:\/\/localhost:3000\/xapi\/reminders\/[0-9a-f-]{36}\/versions\/1$/,
    )
    expect(Object.keys(completed.object.definition!.name).sort()).toEqual(['en', 'fr', 'nl'])
    expect(new Set(told.map(({ actor }) => actor.account.name)).size).toBe(1)
    const { id, email, lastName } = readers[0]!
    for (const sign of [id, email!, lastName]) expect(JSON.stringify(told)).not.toContain(sign)
    // What the store has is not kept here as well.
    expect(await waiting(test)).toEqual([])
  })

  it('is kept by week from the first moment on, in random numbers that carry no time', async () => {
    const { test, finish } = await stage()
    await finish()
    const [one, other] = await waiting(test)
    expect([one!.week_on, other!.week_on]).toEqual(['2027-03-01', '2027-03-01'])
    const held = JSON.stringify([
      one,
      other,
      await test.db.selectFrom('record_accounts').selectAll().execute(),
    ])
    expect(held).not.toMatch(/2027-03-03|10:00/)
  })

  it('is told of two who finish at the same moment as of two, and of one who taps twice as of one', async () => {
    const { store, tokens, finish, nextWeek } = await stage({ people: 2 })
    await Promise.all([...tokens, ...tokens].map((token) => finish(token)))
    await nextWeek()
    expect(verbsOf(store.stored)).toEqual(['completed', 'completed', 'initialized', 'initialized'])
    const accounts = [...store.stored.values()].map(({ actor }) => actor.account.name)
    expect(new Set(accounts).size).toBe(2)
  })

  it('is not kept where there is no store', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const { regionId } = await makeRegion(test.db, test.clock.now())
    const site = await makeSite(test.db, test.clock.now(), regionId)
    const { id } = await makePerson(test.db, test.clock.now(), site)
    const { reminderToken: token } = await runningProgramme(test, regionId, id)
    await test.nobody.ask(links.finishReminder, { params: { token } })
    expect(await waiting(test)).toEqual([])
    expect(await test.db.selectFrom('record_accounts').selectAll().execute()).toEqual([])
  })

  it('stands for nobody once the person has left', async () => {
    const { test, director, regionId, readers, tokens, finish, nextWeek } = await stage()
    await finish()
    await nextWeek()
    const { employeeNumber } = readers[0]!
    const caller = await test.signedIn(director)
    await caller.ask(rosterRoutes.leave, {
      params: { regionId },
      body: { employeeNumbers: [employeeNumber] },
    })
    // An old link still opens the story; it makes no new account.
    await test.db.updateTable('programme_mails').set({ finished: false, ask_on: null }).execute()
    await finish()
    expect(await test.db.selectFrom('record_accounts').selectAll().execute()).toEqual([])
    // Nor does it answer for a group its holder is not in, or tell what colleagues are called.
    const answering = await test.nobody.call(answersRoutes.answering, {
      params: { token: tokens[0]! },
    })
    expect(answering.problem?.code).toBe('holder-left')
  })
})

describe('a store', () => {
  it('that knows only 1.0.3 is spoken to in that', async () => {
    const { store, finish, nextWeek } = await stage({ versions: ['1.0.1', '1.0.3'] })
    await finish()
    await nextWeek()
    expect(store.heard).toEqual([{ version: '1.0.3', count: 2, status: 200 }])
  })

  it('that asks for patience gets the same an hour later', async () => {
    const { store, finish, nextWeek, look, view } = await stage()
    await finish()
    store.mishaps.push({ before: 503 })
    await nextWeek()
    expect(store.stored.size).toBe(0)
    expect(await view()).toMatchObject({ waiting: 2, trouble: { said: '503 {"error":"no"}' } })
    await look()
    expect(store.stored.size).toBe(2)
    expect(await view()).toMatchObject({ waiting: 0, trouble: null, rejected: [] })
  })

  it('that took all and answered badly is told again, and keeps one of each', async () => {
    const { store, finish, nextWeek, look } = await stage()
    await finish()
    store.mishaps.push({ after: 500 })
    await nextWeek()
    const first = [...store.stored.keys()]
    await look()
    expect(store.heard.map(({ status }) => status)).toEqual([200, 200])
    expect([...store.stored.keys()]).toEqual(first)
  })

  it('that has something else under an identifier keeps it, and nothing is told again', async () => {
    const { test, store, finish, nextWeek } = await stage()
    await finish()
    const [one] = await waiting(test)
    store.stored.set(one!.id, { ...([...store.stored.values()][0] ?? ({} as Stored)), id: one!.id })
    await nextWeek()
    expect(store.heard.map(({ count, status }) => [count, status])).toEqual(
      expect.arrayContaining([
        [2, 409],
        [1, 409],
        [1, 200],
      ]),
    )
    expect(await waiting(test)).toEqual([])
  })

  it('that refuses one takes the others, and an administrator reads why and tries again', async () => {
    const { store, tokens, finish, nextWeek, administrator, view } = await stage({ people: 3 })
    for (const token of tokens) await finish(token)
    let refused: string | undefined
    store.refuses = ({ id, verb }) => {
      if (!verb.id.endsWith('completed')) return false
      refused ??= id
      return id === refused
    }
    await nextWeek()
    expect(store.stored.size).toBe(5)
    expect(await view()).toMatchObject({
      waiting: 0,
      trouble: null,
      rejected: [{ said: '400 {"error":"no"}', count: 1 }],
    })
    store.refuses = () => false
    const again = await administrator.ask(routes.retry)
    expect(again).toMatchObject({ waiting: 1, rejected: [] })
  })

  it('that does not know our key, or is not there, keeps all waiting', async () => {
    const { test, store, finish, look, view, nextWeek } = await stage()
    await finish()
    const { config } = test.services
    config.xapiUrl = store.url.replace('s%40cret', 'wrong')
    await nextWeek()
    expect(await view()).toMatchObject({ waiting: 2, trouble: { said: '401 {"error":"who?"}' } })
    config.xapiUrl = store.url
    await store.stop()
    await look()
    expect(await view()).toMatchObject({ waiting: 2, trouble: { said: 'ECONNREFUSED' } })
  })

  it('that is told by two processes at once keeps one of each', async () => {
    const { test, store, tokens, finish, nextWeek, look } = await stage({ people: 3 })
    for (const token of tokens) await finish(token)
    await Promise.all([nextWeek(), look()])
    expect(store.stored.size).toBe(6)
    expect(await waiting(test)).toEqual([])
  })

  it('has each statement once though the process died before it noted so', async () => {
    const { test, store, finish, nextWeek } = await stage()
    await finish()
    store.mishaps.push({ after: 'silence' })
    const kept = new Promise<void>((done) => {
      store.onStored = done
    })
    const program = fileURLToPath(new URL('./records.program.ts', import.meta.url))
    const child = spawn(
      process.execPath,
      [program, test.url, store.url, 'http://localhost:3000', '2027-03-09T09:00:00Z'],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    await kept
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await waiting(test)).length).toBe(2)
    const first = [...store.stored.keys()]
    await nextWeek()
    expect([...store.stored.keys()]).toEqual(first)
    expect(await waiting(test)).toEqual([])
  })
})

describe('the rules', () => {
  it('wait until a week is over wherever on Earth', () => {
    expect(lastWholeWeek(new Date('2027-03-08T11:59:00Z'))).toBe('2027-02-22')
    expect(lastWholeWeek(new Date('2027-03-08T12:00:00Z'))).toBe('2027-03-01')
    expect(lastWholeWeek(new Date('2027-03-14T23:59:00Z'))).toBe('2027-03-01')
  })

  it('speak the newest version both know', () => {
    expect(versionToSpeak(['1.0.0', '1.0.3', '2.0.0'])).toBe('2.0.0')
    expect(versionToSpeak(['2.0.1'])).toBe('2.0.0')
    expect(versionToSpeak(['1.0.2'])).toBe('1.0.3')
    expect(versionToSpeak([])).toBe('1.0.3')
  })
})
