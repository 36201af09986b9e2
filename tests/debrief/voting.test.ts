import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { modulusOf, signBlinded } from '#server/features/debrief/debrief.ballots.ts'
import * as debriefs from '#server/features/debrief/debrief.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { unseal } from '#server/platform/secrets.ts'
import { debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { blind, newBallot, unblind } from '#web/features/debrief/debrief.ballot.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { debriefOf, makeFinding, type SignedBallot } from './debrief.factory.ts'

let test: TestApp
let lived: LivedDay
let session: ReturnType<typeof debriefOf>
/** Three findings to choose from. */
let ids: string[]
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
  session = debriefOf(test, lived)
  await session.open(2)
  const made = []
  for (const title of ['Attendre', 'Répéter', 'Payer deux fois']) {
    made.push(await makeFinding(test, lived, title))
  }
  ids = made.map(({ id }) => id)
  await session.goTo('vote')
})

const everybody = () => [...lived.callers.guests, lived.callers.host]
const ballots = () => Promise.all(everybody().map((caller) => session.ballotFor(caller)))
const codesOf = (answers: { problem?: { code: string } }[]) =>
  answers.map(({ problem }) => problem?.code ?? 'cast')
async function hearts() {
  await session.goTo('decide')
  const { room } = await session.desk()
  return Object.fromEntries(room!.findings.map((one) => [one.title, one.hearts]))
}

describe('a ballot', () => {
  it('is counted when the curtain is up, and hidden until then', async () => {
    for (const ballot of await ballots()) await session.cast(ballot, [ids[1]!, ids[2]!])
    const before = await session.desk()
    expect(before.ballotsCast).toBe(6)
    expect(before.room!.findings.map((one) => one.hearts)).toEqual([null, null, null])
    await session.goTo('count')
    expect((await session.desk()).room!.findings.map((one) => one.hearts)).toEqual([
      null,
      null,
      null,
    ])
    await session.goTo('decide')
    const { room } = await session.desk()
    expect(room!.ballots).toBe(6)
    expect(room!.findings.map(({ title, hearts }) => [title, hearts])).toEqual([
      ['Payer deux fois', 6],
      ['Répéter', 6],
      ['Attendre', 0],
    ])
  })

  it('counts once however often it is sent, at once or later, and says what it said last', async () => {
    const [one, ...others] = await ballots()
    for (const other of others) await session.cast(other, [ids[0]!])
    const at = await Promise.all([1, 2, 3, 4].map(() => session.cast(one!, [ids[0]!, ids[1]!])))
    expect(codesOf(at)).toEqual(['cast', 'cast', 'cast', 'cast'])
    await session.cast(one!, [ids[2]!])
    expect((await session.desk()).ballotsCast).toBe(6)
    expect(await hearts()).toEqual({ Attendre: 5, 'Payer deux fois': 1, Répéter: 0 })
  })

  it('is one a person: the same again for a retry, none for a second device', async () => {
    const [caller] = everybody()
    const ballot = newBallot()
    const first = await session.ballotFor(caller!, ballot)
    expect(await session.ballotFor(caller!, ballot)).toEqual(first)
    const params = await session.codeParams()
    const { ballotKey } = await caller!.ask(routes.room, { params })
    const second = await caller!.call(routes.takeBallot, {
      params,
      body: { blinded: blind(newBallot(), ballotKey!) },
    })
    expect(second.problem?.code).toBe('ballot-taken')
  })

  it('is one a person also from two tabs at the same instant', async () => {
    const [caller] = everybody()
    const params = await session.codeParams()
    const { ballotKey } = await caller!.ask(routes.room, { params })
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        caller!.call(routes.takeBallot, {
          params,
          body: { blinded: blind(newBallot(), ballotKey!) },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('is not to be had outside the roster, nor forged, nor altered, nor brought from another day', async () => {
    const params = await session.codeParams()
    const director = await lived.callers.director.call(routes.takeBallot, {
      params,
      body: { blinded: 'A'.repeat(342) },
    })
    expect(director.problem?.code).toBe('forbidden')
    const [mine] = await ballots()
    const elsewhere = mine!
    const forged: SignedBallot[] = [
      { ...newBallot(), signature: 'A'.repeat(342) },
      { ...newBallot(), signature: `${'_'.repeat(341)}8` },
      { ...newBallot(), signature: mine!.signature },
    ]
    for (const ballot of forged) {
      expect((await session.cast(ballot, [ids[0]!])).problem?.code).toBe('ballot-unknown')
    }
    test.clock.set('2027-03-01T09:00:00Z')
    const other = await livedDay(test)
    const otherSession = debriefOf(test, other)
    await otherSession.open()
    await otherSession.goTo('vote')
    const carried = await otherSession.cast(elsewhere, [ids[0]!])
    expect(carried.problem?.code).toBe('ballot-unknown')
  })

  it('gives no more hearts than there are, one a finding, and only to findings of the day', async () => {
    const [ballot] = await ballots()
    expect((await session.cast(ballot!, ids)).problem?.code).toBe('too-many-hearts')
    expect((await session.cast(ballot!, [ids[0]!, ids[0]!])).problem?.code).toBe('invalid-input')
    expect((await session.cast(ballot!, [])).problem?.code).toBe('invalid-input')
    expect((await session.cast(ballot!, [crypto.randomUUID()])).problem?.code).toBe('not-found')
  })

  it('is refused before the vote and after it, leaving what was cast as it was', async () => {
    const [ballot, ...others] = await ballots()
    await session.goTo('group')
    expect((await session.cast(ballot!, [ids[0]!])).problem?.code).toBe('vote-not-open')
    await session.goTo('vote')
    for (const one of [ballot!, ...others]) await session.cast(one, [ids[0]!])
    await session.goTo('count')
    expect((await session.cast(ballot!, [ids[1]!])).problem?.code).toBe('vote-closed')
    const latecomer = await lived.callers.bystander.call(routes.takeBallot, {
      params: await session.codeParams(),
      body: { blinded: 'A'.repeat(342) },
    })
    expect(latecomer.problem?.code).toBe('vote-closed')
    expect(await hearts()).toMatchObject({ Attendre: 6, Répéter: 0 })
  })

  it('at the instant of closing is either counted or refused, never lost', async () => {
    const all = await ballots()
    const { params } = session
    const closing = lived.callers.director.ask(routes.step, {
      params,
      body: { from: 'vote', to: 'count' },
    })
    const answers = await Promise.all(all.map((ballot) => session.cast(ballot, [ids[0]!])))
    await closing
    const cast = codesOf(answers).filter((code) => code === 'cast').length
    expect(codesOf(answers).every((code) => ['cast', 'vote-closed'].includes(code))).toBe(true)
    expect((await session.desk()).ballotsCast).toBe(cast)
  })

  it('for a finding withdrawn since is kept and not counted, and returns with it', async () => {
    for (const ballot of await ballots()) await session.cast(ballot, [ids[0]!, ids[1]!])
    const finding = await findings.findingById(test.db, ids[0]!)
    const by = {
      regionId: lived.region.regionId,
      dayId: lived.day.id,
      accountId: lived.region.director,
    }
    const dissolved = await inTransaction(test.db, (trx) =>
      findings.dissolveFinding(trx, by, finding!.id, test.clock.now()),
    )
    expect(dissolved).toEqual({ refused: 'finding-in-use' })
    await inTransaction(test.db, (trx) =>
      findings.withdrawFinding(
        trx,
        by,
        finding!.id,
        { version: finding!.version, reason: 'Hors sujet' },
        test.clock.now(),
      ),
    )
    expect(await hearts()).toEqual({ Répéter: 6, 'Payer deux fois': 0 })
    await inTransaction(test.db, (trx) =>
      findings.bringFindingBack(trx, by, finding!.id, test.clock.now()),
    )
    expect(await hearts()).toEqual({ Attendre: 6, Répéter: 6, 'Payer deux fois': 0 })
    const outcome = await debriefs.resultsOf(test.db, lived.day.id)
    expect(outcome).toMatchObject({ ballots: 6, told: true })
  })

  it('tells nothing where fewer than five voted', async () => {
    for (const ballot of (await ballots()).slice(0, 4)) await session.cast(ballot, [ids[0]!])
    expect(await hearts()).toEqual({ Attendre: null, Répéter: null, 'Payer deux fois': null })
    expect(await debriefs.resultsOf(test.db, lived.day.id)).toMatchObject({ told: false })
  })
})

describe('who voted what', () => {
  it('cannot be read from what was signed, not even with the key: each could be any ballot', async () => {
    const [caller] = everybody()
    const mine = newBallot()
    await session.ballotFor(caller!, mine)
    const row = await test.db
      .selectFrom('debriefs')
      .select('ballot_key')
      .where('day_id', '=', lived.day.id)
      .executeTakeFirstOrThrow()
    const key = unseal(test.services.secret, 'debrief-ballots', row.ballot_key!)!
    const modulus = modulusOf(key)
    // Whoever holds the key finds, for every other ballot, a factor that gives what was signed.
    const blinded = blind(mine, modulus)
    const other = newBallot()
    const factorOfOther = factorThatHides(other.id, blinded, key)
    expect(blind({ id: other.id, factor: factorOfOther }, modulus)).toBe(blinded)
  })

  it('hides behind factors as large as the key, since small ones would tell right pairs from wrong', () => {
    // All below the 2,048 bits, some in the upper half of them: by chance once in 2^64 runs not.
    const tops = Array.from({ length: 64 }, () => BigInt(`0x${newBallot().factor}`) % 2n ** 2048n)
    expect(tops.some((factor) => factor >= 2n ** 2047n)).toBe(true)
    expect(tops.some((factor) => factor < 2n ** 2047n)).toBe(true)
  })

  it('stands in no table: voters without ballots, ballots without voters, hours or order', async () => {
    const all = await ballots()
    for (const ballot of all) await session.cast(ballot, [ids[0]!])
    const dump = await everyRow()
    for (const [n, ballot] of all.entries()) {
      const lines = dump.filter((line) => line.includes(ballot.id))
      expect(lines).toHaveLength(2)
      const people = [...lived.guests, lived.host]
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

  it('is gone altogether once the curtain is up: only hearts a finding remain', async () => {
    const all = await ballots()
    for (const ballot of all) await session.cast(ballot, [ids[0]!])
    await session.goTo('decide')
    for (const table of ['debrief_voters', 'debrief_ballots', 'debrief_votes'] as const) {
      const left = test.db.selectFrom(table).selectAll().where('day_id', '=', lived.day.id)
      expect(await left.execute(), table).toEqual([])
    }
    const dump = (await everyRow()).join('\n')
    for (const { id } of all) expect(dump).not.toContain(id)
    expect(dump).not.toContain('BEGIN PRIVATE KEY')
  })

  it('is signed with a number the two halves agree upon', async () => {
    const params = await session.codeParams()
    const [caller] = everybody()
    const { ballotKey } = await caller!.ask(routes.room, { params })
    const ballot = newBallot()
    const { signed } = await caller!.ask(routes.takeBallot, {
      params,
      body: { blinded: blind(ballot, ballotKey!) },
    })
    expect(unblind(ballot, signed, ballotKey!)).toHaveLength(342)
    expect(unblind(ballot, signed, ballotKey!)).not.toBe(signed)
  })
})

/** Every row of every table as text, its table first. */
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
  return lines
}

/** The factor under which another ballot’s id gives the same blinded value: (blinded / id)^d. */
function factorThatHides(id: string, blinded: string, key: string): string {
  const modulus = modulusOf(key)
  const hexOf = (text: string) => Buffer.from(text, 'base64url').toString('hex')
  // Blinded by 1, an id is itself.
  const spread = hexOf(blind({ id, factor: '01' }, modulus))
  const quotient = unblind({ id, factor: spread }, blinded, modulus)
  return hexOf(signBlinded(key, quotient)!)
}
