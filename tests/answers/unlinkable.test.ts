import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { addJob } from '#server/platform/postgres/database.ts'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import { programmeLinksRoutes } from '#shared/programmes/programmes.links.contract.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { changed, dump, type Row } from '../support/dump.ts'
import { freePort, startProcess, untilHealthy } from '../support/process.ts'
import { readers } from './answers.factory.ts'

// A thief with the whole database, mails to be sent included, and everything the real server process
// said. The programme says who has finished; nothing may say what they answered.

let test: TestApp
let made: Awaited<ReturnType<typeof readers>>
let url: string
let said: () => string
beforeAll(async () => {
  test = await startTestApp()
  test.clock.set(new Date().toISOString())
  made = await readers(test)
}, 120_000)
afterAll(() => test.close())

async function serve(): Promise<void> {
  const port = await freePort()
  const process = startProcess({
    PORT: String(port),
    DATABASE_URL: test.url,
    PUBLIC_URL: test.services.config.publicUrl,
    SESSION_SECRET: test.services.secret,
    SMTP_URL: test.mailbox.smtpUrl,
  })
  await untilHealthy(process, port)
  url = `http://127.0.0.1:${port}`
  said = process.said
}

/** As a careless phone would: a name of its own, a key and a link’s cookie sent along. */
async function send(person: number, method: string, path: string, body?: object) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      'user-agent': `Device-of-person-${person}`,
      'x-forwarded-for': `203.0.113.${person + 1}`,
      'idempotency-key': `key-of-person-${person}`,
      cookie: `session=${made.links[person]!.reminderToken}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(response.status, `${path} ${said()}`).toBeLessThan(300)
  return response.status === 204 ? undefined : response.json()
}

const withToken = (path: string, person: number) =>
  path.replace(':token', made.links[person]!.reminderToken)

/** Everything that points to a reader, their link, their mails or their device. */
const tellTales = () =>
  made.people.flatMap(({ id, email, lastName }, person) => {
    const { memberId, mailId, reminderToken, programmeToken } = made.links[person]!
    const of = [memberId, mailId, reminderToken, programmeToken]
    return [id, email!, lastName, ...of, `Device-of-person-${person}`, `key-of-person-${person}`]
  })

const ours = ({ table }: Row) => table.startsWith('public.answer_')
/** The runner of jobs counts its own minutes, whoever does what. */
const ofJobs = ({ table, row }: Row) =>
  table.startsWith('graphile_worker.') || row.schemaname === 'graphile_worker'

it('cannot tell who answered what from the whole database, its outbox and all logs', {
  timeout: 180_000,
}, async () => {
  await serve()
  const { story } = (await send(
    0,
    'GET',
    withToken(programmeLinksRoutes.linkedReminder.path, 0),
  )) as { story: { reactions: { id: string }[]; missions: { id: string }[] } }
  const answersOf = (person: number): ReminderAnswer[] => [
    { question: 'reaction', value: story.reactions[person % 3]!.id },
    { question: 'line', value: `Une phrase à moi${' très'.repeat(person)} longue.` },
    { question: 'mission', value: story.missions[person % 2]!.id },
  ]

  // Whoever answers whatever leaves the same row, once, touches nothing else, and says it twice for free.
  const traces: unknown[] = []
  const sent: string[] = []
  const { credential } = (await send(0, 'GET', withToken(routes.answering.path, 0))) as {
    credential: string
  }
  for (let person = 0; person < 6; person += 1) {
    const before = await dump(test.db)
    const answers = answersOf(person)
    for (const answer of answers) {
      const id = crypto.randomUUID()
      sent.push(id)
      const body = { id, credential, position: 1, ...answer }
      for (let attempt = 0; attempt < 2; attempt += 1)
        await send(person, 'POST', routes.sendAnswer.path, body)
    }
    const come = changed(before, await dump(test.db)).filter((row) => !ofJobs(row))
    expect(come.map(({ table }) => table)).toEqual(answers.map(() => 'public.answer_intake'))
    traces.push(
      ...come.map(({ row: { id, sealed, release_at, ...rest } }) => {
        expect(Date.parse(String(release_at)) % 300_000).toBe(0)
        return { ...rest, length: String(sealed).length }
      }),
    )
    // Then each says that they have finished: the programme knows, in the same minute.
    await send(person, 'POST', withToken(programmeLinksRoutes.finishReminder.path, person))
  }
  for (const trace of traces) expect(trace).toEqual(traces[0])
  const values = [0, 1, 2, 3, 4, 5].flatMap((person) => answersOf(person).slice(1, 2))
  const words = values.map(({ value }) => value)

  const told = async (when: string, tell: readonly string[]) => {
    const rows = (await dump(test.db)).filter(ours)
    const text = JSON.stringify(rows)
    for (const tale of tellTales()) expect(text, when).not.toContain(tale)
    for (const word of words.filter((one) => !tell.includes(one)))
      expect(text, when).not.toContain(word)
    return rows
  }
  await told('while they arrive', [])

  // An hour goes by: no row is one answer any more.
  await sql`update answer_intake set release_at = release_at - interval '2 hours'`.execute(test.db)
  await addJob(test.db, 'mix-answers', {})
  const left = () => test.db.selectFrom('answer_intake').select('id').execute()
  await vi.waitUntil(async () => (await left()).length === 0, { timeout: 60_000, interval: 100 })
  const mixed = await told('while they wait', [])
  const tables = (rows: Row[]) => new Set(rows.map(({ table }) => table))
  expect(tables(mixed)).toEqual(
    new Set(['public.answer_cells', 'public.answer_known', 'public.answer_waiting']),
  )
  expect(mixed.filter(({ table }) => table === 'public.answer_waiting')).toHaveLength(1)

  // A Monday: counts and words, with nothing that joins them to one another or to anybody.
  await addJob(test.db, 'release-answers', {})
  const counts = () => test.db.selectFrom('answer_counts').selectAll().execute()
  await vi.waitUntil(async () => (await counts()).length > 0, { timeout: 60_000, interval: 100 })
  const kept = await told('once told', words)
  for (const { table, row } of kept) {
    const text = JSON.stringify(row)
    if (table !== 'public.answer_known') for (const id of sent) expect(text).not.toContain(id)
    if (table !== 'public.answer_known') expect(text).not.toMatch(/\d{4}-\d\d-\d\d/)
  }
  const batches = Map.groupBy(await counts(), ({ question }) => question)
  for (const batch of batches.values())
    expect(batch.reduce((sum, { count }) => sum + count, 0)).toBe(6)

  // By hearing.
  for (const id of sent) expect(said()).not.toContain(id)
  expect(said()).not.toMatch(/Device-of-person|203\.0\.113|Une phrase à moi/)
})
