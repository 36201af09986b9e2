import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '#server/features/roster/roster.service.ts'
import { outboxDelivery, type SendMail } from '#server/platform/outbox/outbox.delivery.ts'
import type { OutboxRow } from '#server/platform/outbox/outbox.queries.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { tellWorkshop } from '#server/use-cases/workshop-meetings.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { seated, workshopScene } from './workshops.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** What a calendar shows after these mails, in the order they came. */
function shown(mails: readonly OutboxRow[], address: string | null) {
  const standing = new Map<string, string>()
  for (const { to_address, calendar_method, calendar_body } of mails) {
    if (to_address !== address || !calendar_body) continue
    const uid = /^UID:(.+)$/m.exec(calendar_body)![1]!
    if (calendar_method === 'CANCEL') standing.delete(uid)
    else standing.set(uid, /^DTSTART:(.+)$/m.exec(calendar_body)![1]!.trim())
  }
  return [...standing.values()].sort()
}

const stamp = (date: Date) => date.toISOString().replace(/[-:]|\.\d+/g, '')

const change = fc.oneof(
  fc.record({ kind: fc.constant('give-up' as const), person: fc.nat(2) }),
  fc.record({ kind: fc.constant('sit' as const), person: fc.nat(2), session: fc.nat(1) }),
  fc.record({ kind: fc.constant('move' as const), session: fc.nat(1), hour: fc.nat(2) }),
  fc.record({ kind: fc.constant('lead' as const), session: fc.nat(1), by: fc.nat(1) }),
  fc.record({ kind: fc.constant('cancel' as const), session: fc.nat(1) }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 3, 20) }),
  fc.record({ kind: fc.constant('race' as const), person: fc.nat(2) }),
  fc.record({ kind: fc.constant('killed' as const) }),
)

it('whatever happens, in whatever order, every calendar ends up showing exactly what holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 12 }),
      fc.infiniteStream(fc.nat(3)),
      async (changes, luck) => {
        const arrived: OutboxRow[] = []
        let answer = (): 'sent' | 'temporary' => 'sent'
        const send: SendMail = async (mail) => {
          const outcome = answer()
          if (outcome === 'temporary') return { kind: 'temporary', reason: '451 try later' }
          arrived.push(mail)
          return { kind: 'sent', response: '250 OK' }
        }
        const deliver = () => outboxDelivery(test.db, test.clock, send)()
        const scene = await workshopScene(test, ['Alice', 'Bruno', 'Chloé'])
        const nadia = await makePerson(test.db, test.clock.now(), scene.dax, {})
        const leaders = [scene.facilitator, nadia]
        const workshop = await seated(test, scene, undefined, [[0], [0], [1]])
        const ids = workshop.sessions.map(({ id }) => id)
        const begins = workshop.sessions.map(({ startsAt }) => startsAt)

        // Written as the services would, and told as every change ends by doing.
        const tell = () =>
          inTransaction(test.db, (trx) =>
            tellWorkshop(trx, workshop.id, test.clock.now(), repairSetting(test.services)),
          )
        const seats = () =>
          test.db.selectFrom('workshop_seats').selectAll().where('workshop_id', '=', workshop.id)
        const giveUp = async ({ id }: Person) => {
          await test.db
            .updateTable('workshop_seats')
            .set({ state: 'given-up' })
            .where('workshop_id', '=', workshop.id)
            .where('person_id', '=', id)
            .execute()
          await tell()
        }
        const sit = async ({ id }: Person, session: number) => {
          await giveUp(scene.people.find((one) => one.id === id)!)
          const [last] = await seats().where('session_id', '=', ids[session]!).execute()
          if (!last) return
          await sql`insert into workshop_seats (id, workshop_id, region_id, session_id, person_id, state)
            select gen_random_uuid(), workshop_id, region_id, ${ids[session]!}, ${id}, 'seated'
            from workshop_seats where id = ${last.id} and (
              select count(*) from workshop_seats
              where session_id = ${ids[session]!} and state = 'seated') < 2`.execute(test.db)
          await tell()
        }
        const update = async (session: number, values: Record<string, unknown>) => {
          await test.db
            .updateTable('workshop_sessions')
            .set(values)
            .where('id', '=', ids[session]!)
            .execute()
          await tell()
        }

        answer = () => (luck.next().value === 0 ? 'temporary' : 'sent')
        for (const one of changes) {
          if (one.kind === 'give-up') await giveUp(scene.people[one.person]!)
          if (one.kind === 'sit') await sit(scene.people[one.person]!, one.session)
          if (one.kind === 'move') {
            const starts = new Date(begins[one.session]!.getTime() + one.hour * 3_600_000)
            const ends = new Date(starts.getTime() + 3_600_000)
            await update(one.session, { starts_at: starts, ends_at: ends })
          }
          if (one.kind === 'lead') {
            await update(one.session, { facilitator_id: leaders[one.by]!.id })
          }
          if (one.kind === 'cancel') await update(one.session, { status: 'cancelled' })
          if (one.kind === 'wait') {
            test.clock.advance({ minutes: one.minutes })
            await deliver()
          }
          if (one.kind === 'race') {
            test.clock.advance({ minutes: 2 })
            await Promise.all([deliver(), giveUp(scene.people[one.person]!), deliver()])
          }
          if (one.kind === 'killed') {
            test.clock.advance({ minutes: 3 })
            await sql`update outbox set status = 'sending', attempts = attempts + 1,
              claimed_until = ${test.clock.now()}
              where id = (select id from outbox where workshop_id = ${workshop.id}
                and status = 'waiting' order by written limit 1)`.execute(test.db)
          }
        }
        answer = () => 'sent'
        const waiting = () =>
          test.db
            .selectFrom('outbox')
            .select('id')
            .where('workshop_id', '=', workshop.id)
            .where('status', '<>', 'sent')
            .execute()
        for (let tries = 0; tries < 40 && (await waiting()).length > 0; tries++) {
          test.clock.advance({ minutes: 120 })
          await deliver()
        }
        expect(await waiting()).toEqual([])

        const held = await test.db
          .selectFrom('workshop_sessions')
          .selectAll()
          .where('workshop_id', '=', workshop.id)
          .where('status', '=', 'planned')
          .execute()
        const taken = await seats().where('state', '=', 'seated').execute()
        for (const person of scene.people) {
          const mine = taken.filter(({ person_id }) => person_id === person.id)
          const expected = held.filter(({ id }) => mine.some((seat) => seat.session_id === id))
          expect(shown(arrived, person.email), person.firstName).toEqual(
            expected.map((session) => stamp(session.starts_at)),
          )
        }
        for (const leader of leaders) {
          const expected = held.filter(({ facilitator_id }) => facilitator_id === leader.id)
          expect(shown(arrived, leader.email)).toEqual(
            expected.map((session) => stamp(session.starts_at)).sort(),
          )
        }
        // The clock went on by hours: the next run begins where the sessions are still to come.
        test.clock.set('2027-03-01T08:00:00Z')
      },
    ),
    { numRuns: 10, endOnFailure: true },
  )
}, 180_000)
