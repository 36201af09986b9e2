import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { signBlinded } from '#server/features/debrief/debrief.ballots.ts'
import { unseal } from '#server/platform/secrets.ts'
import { debriefRoutes } from '#shared/debrief/debrief.contract.ts'
import { blindedOf, newBallot, signatureOf } from '#web/features/debrief/debrief.ballot.ts'
import { inverse, numberOf } from '#web/features/debrief/debrief.blinding.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { debriefOf, makeFinding } from './debrief.factory.ts'

// Who voted what, asked by somebody who holds the database, its secret and the key of the ballots.

let test: TestApp
let lived: LivedDay
let session: ReturnType<typeof debriefOf>
let findingId: string
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
  session = debriefOf(test, lived)
  await session.open(2)
  findingId = (await makeFinding(test, lived, 'Attendre')).id
  await session.goTo('vote')
})

const retries = 'idempotency_records'
const everybody = () => [...lived.callers.guests, lived.callers.host]
const ballots = () => Promise.all(everybody().map((caller) => session.ballotFor(caller)))
const vote = async () => {
  const all = await ballots()
  for (const ballot of all) await session.cast(ballot, [findingId])
  return all
}

it('cannot be read from what was signed, not even with the key: each could be any ballot', async () => {
  const modulus = await session.ballotKey()
  const mine = newBallot(modulus)
  await session.ballotFor(everybody()[0]!, mine)
  const blinded = blindedOf(mine, modulus)
  // Whoever holds the key finds, for every other ballot, a factor that gives what was signed.
  for (let n = 0; n < 5; n += 1) {
    const { id } = newBallot(modulus)
    const factor = await factorThatHides(id, blinded, modulus)
    expect(factor < number(modulus)).toBe(true)
    expect(blindedOf({ id, factor: factor.toString(16) }, modulus)).toBe(blinded)
  }
})

it('stands in no table: voters without ballots, ballots without voters, hours or order', async () => {
  const all = await vote()
  const dump = await everyRow()
  const people = [...lived.guests, lived.host]
  for (const [n, ballot] of all.entries()) {
    const lines = dump.filter((line) => line.includes(ballot.id))
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      for (const person of people) {
        expect(line).not.toContain(person.id)
        expect(line).not.toContain(person.accountId)
      }
      expect(line).not.toMatch(/20\d\d-\d\d-\d\dT/)
    }
    const voter = dump.filter(
      (line) => line.startsWith('debrief_voters') && line.includes(people[n]!.id),
    )
    expect(voter).toHaveLength(1)
    expect(dump.filter((line) => line.includes(ballot.signature))).toEqual([])
    expect(dump.filter((line) => line.includes(ballot.factor))).toEqual([])
  }
})

it('is not to be had from what is kept for retries: with the key, it would name every voter', async () => {
  const all = await vote()
  const { director } = lived.callers
  const again = { params: { dayId: lived.day.id }, body: { hearts: 2 } }
  await director.ask(debriefRoutes.open, again, { 'idempotency-key': 'as the web does' })
  const modulus = await session.ballotKey()
  const dump = await everyRow()
  // What other calls of the web leave there is found.
  expect(dump.some((line) => line.startsWith(`${retries} `) && line.includes(lived.day.name))).toBe(
    true,
  )
  const key = await ballotKeyPem()
  for (const ballot of all) {
    const blinded = blindedOf(ballot, modulus)
    const signed = signBlinded(key, blinded)!
    expect(signatureOf(ballot, signed, modulus)).toBe(ballot.signature)
    for (const trace of [blinded, signed]) {
      expect(dump.filter((line) => line.includes(trace))).toEqual([])
    }
  }
})

it('is gone altogether once the curtain is up: only hearts a finding remain', async () => {
  const all = await vote()
  await session.goTo('decide')
  for (const table of ['debrief_voters', 'debrief_ballots', 'debrief_votes'] as const) {
    const left = test.db.selectFrom(table).selectAll().where('day_id', '=', lived.day.id)
    expect(await left.execute(), table).toEqual([])
  }
  const dump = (await everyRow()).join('\n')
  for (const { id } of all) expect(dump).not.toContain(id)
  expect(dump).not.toContain('BEGIN PRIVATE KEY')
})

/** Every row of every table as text, its table first; what is sealed for retries, unsealed. */
async function everyRow(): Promise<string[]> {
  const { rows } = await test.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const lines: string[] = []
  for (const { name } of rows) {
    const table = name.replace('public.', '')
    const found = await test.database.pool.query(`select to_jsonb(t)::text as line from ${name} t`)
    lines.push(...found.rows.map(({ line }) => `${table} ${line}`))
  }
  const { secret } = test.services
  const records = await test.db
    .selectFrom('idempotency_records')
    .select(['account_id', 'body'])
    .execute()
  const unsealed = records.map(
    ({ account_id, body }) =>
      `${retries} ${account_id} ${unseal(secret, 'idempotency', body ?? '')}`,
  )
  return [...lines, ...unsealed]
}

async function ballotKeyPem(): Promise<string> {
  const row = await test.db
    .selectFrom('debriefs')
    .select('ballot_key')
    .where('day_id', '=', lived.day.id)
    .executeTakeFirstOrThrow()
  return unseal(test.services.secret, 'debrief-ballots', row.ballot_key!)!
}

const number = (text: string) => numberOf(Buffer.from(text, 'base64url'))

/** The factor under which another ballot’s id gives the same blinded value: (blinded / encoded id)^d. */
async function factorThatHides(id: string, blinded: string, modulus: string): Promise<bigint> {
  const n = number(modulus)
  // Hidden by 1, an encoded id is itself.
  const encoded = number(blindedOf({ id, factor: '1' }, modulus))
  const quotient = (number(blinded) * inverse(encoded, n)!) % n
  const bytes = Buffer.from(quotient.toString(16).padStart(512, '0'), 'hex')
  return number(signBlinded(await ballotKeyPem(), bytes.toString('base64url'))!)
}
