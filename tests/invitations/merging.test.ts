import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reconcileInvitations } from '#server/features/invitations/invitations.service.ts'
import { newId } from '#server/platform/identity.ts'
import { outboxDelivery, type SendMail } from '#server/platform/outbox/outbox.delivery.ts'
import type { OutboxRow } from '#server/platform/outbox/outbox.queries.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { makeSmallDay, publish, readyPlan, type SmallDay } from './invitations.factory.ts'

let test: TestApp
let made: SmallDay
/** What reached a mail server, in the order it came. */
let arrived: OutboxRow[]
let answer: () => 'sent' | 'temporary'
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(() => {
  arrived = []
  answer = () => 'sent'
})

const send: SendMail = async (mail) => {
  const outcome = answer()
  if (outcome === 'sent') arrived.push(mail)
  return outcome === 'temporary'
    ? { kind: 'temporary', reason: '451 try later' }
    : { kind: 'sent', response: '250 OK' }
}
const deliver = () => outboxDelivery(test.db, test.clock, send)()
async function later(minutes = 3): Promise<void> {
  test.clock.advance({ minutes })
  await deliver()
}

const voice = () => ({
  mailFrom: test.services.config.mailFrom,
  mailDomain: test.services.mailDomain,
  publicUrl: test.services.config.publicUrl,
  quietSeconds: 60,
})
const reconcileAgain = () =>
  inTransaction(test.db, (trx) => reconcileInvitations(trx, made.day.id, test.clock.now(), voice()))

async function endPlace(guest: number): Promise<void> {
  await test.db
    .updateTable('placements')
    .set({ status: 'ended', ended_at: test.clock.now(), ended_reason: 'guest-cancelled' })
    .where('person_id', '=', made.guests[guest]!.id)
    .where('status', '=', 'active')
    .execute()
  await reconcileAgain()
}

async function givePlace(guest: number, slot = 0): Promise<void> {
  const plan = sql`(select id from plans where day_id = ${made.day.id} and status = 'published')`
  await sql`insert into placements (id, region_id, day_id, person_id, slot_id, plan_id, rank, reason,
      status, created_at)
    select ${newId(test.clock.now())}, ${made.day.regionId}, ${made.day.id}, ${made.guests[guest]!.id},
      ${made.slots[slot]!.id}, ${plan}, 1, 'taken', 'active', ${test.clock.now()}
    where not exists (select from placements where status = 'active' and day_id = ${made.day.id}
      and person_id = ${made.guests[guest]!.id})`.execute(test.db)
  await reconcileAgain()
}

async function moveSite(address: string): Promise<void> {
  await test.db.updateTable('sites').set({ address }).where('id', '=', made.site.id).execute()
  await reconcileAgain()
}

const published = async (guests: string[]) => {
  made = await makeSmallDay(test, { guests, capacity: guests.length })
  return (await publish(made, await readyPlan(test, made.day))).started
}
const about = (person: { email: string | null }) =>
  arrived
    .filter((mail) => mail.day_id === made.day.id && mail.to_address === person.email)
    .map((mail) => ({ method: mail.calendar_method, ...readOf(mail) }))
const waiting = () =>
  test.db
    .selectFrom('outbox')
    .selectAll()
    .where('day_id', '=', made.day.id)
    .where('status', 'in', ['waiting', 'sending'])
    .where('event_id', 'is not', null)
    .execute()

function readOf({ calendar_body: body }: OutboxRow) {
  const text = (body ?? '').replace(/\r\n /g, '')
  const value = (key: string) => new RegExp(`\r\n${key}[;:](.*)\r\n`).exec(text)?.[1] ?? ''
  return {
    uid: value('UID'),
    sequence: Number(value('SEQUENCE')),
    stamp: value('DTSTAMP'),
    place: value('LOCATION'),
    says: value('DESCRIPTION').split(String.raw`\n`)[0] ?? '',
    asks: text.includes('PARTSTAT=NEEDS-ACTION'),
  }
}

describe('an invitation that has not left yet', () => {
  it('is nothing at all once its meeting is cancelled', async () => {
    await published(['Léa', 'Karim'])
    await endPlace(0)
    await endPlace(1)
    expect(await waiting()).toEqual([])
    await later()
    expect([...about(made.hosts[0]!), ...about(made.guests[0]!)]).toEqual([])
  })

  it('says what holds now, once, in the batch and at the time it was meant for', async () => {
    const { batchId, releaseAt } = await published(['Léa', 'Karim'])
    test.clock.advance({ minutes: 1 })
    await endPlace(0)
    for (const mail of await waiting()) {
      expect([mail.batch_id, mail.release_at]).toEqual([batchId, releaseAt])
    }
    await later()
    expect(about(made.hosts[0]!)).toMatchObject([
      { method: 'REQUEST', sequence: 0, says: expect.stringContaining('Karim') },
    ])
    expect(about(made.hosts[0]!)[0]!.says).not.toContain('Léa')
    expect(about(made.guests[0]!)).toEqual([])
    expect(about(made.guests[1]!)).toHaveLength(1)
  })

  it('goes with its batch when a director takes that back', async () => {
    const { batchId } = await published(['Léa', 'Karim'])
    await endPlace(0)
    await made.director.ask(invitationsRoutes.stopBatch, { params: { batchId: batchId! } })
    await later()
    expect(arrived.filter((mail) => mail.day_id === made.day.id && mail.event_id)).toEqual([])
  })
})

describe('changes in a burst', () => {
  it('are one mail, which asks again if any of them did', async () => {
    await published(['Léa', 'Karim', 'Inès'])
    await later()
    await moveSite('1 rue Neuve')
    await endPlace(0)
    await endPlace(1)
    await later()
    const [first, then, ...more] = about(made.hosts[0]!)
    expect(more).toEqual([])
    expect(then).toMatchObject({ method: 'REQUEST', uid: first!.uid, sequence: 1, asks: true })
    expect(then!.says).toContain('Inès')
    expect(then!.place).toContain('rue Neuve')
    expect(then!.stamp > first!.stamp).toBe(true)
    expect(about(made.guests[0]!).map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })

  it('are told as what changed since the last mail that was really sent', async () => {
    await published(['Léa', 'Karim'])
    await later()
    await moveSite('1 rue Neuve')
    await moveSite('2 rue Vieille')
    await endPlace(0)
    await later()
    const mails = arrived.filter(({ to_address }) => to_address === made.hosts[0]!.email)
    const text = mails.at(-1)!.text_body.replace(/\s+/g, ' ')
    expect(text).toMatch(/Nouveau lieu : [^.]*2 rue Vieille[^.]*, au lieu de Boutique Dax, /)
    expect(text).toContain('Léa ne vient plus.')
    expect(text).not.toContain('rue Neuve')
  })

  it('that end where they began are no mail', async () => {
    await published(['Léa', 'Karim'])
    await later()
    await endPlace(0)
    await endPlace(1)
    expect((await waiting()).map((mail) => mail.calendar_method)).toContain('CANCEL')
    await givePlace(0)
    await givePlace(1)
    await later()
    expect(about(made.hosts[0]!)).toHaveLength(1)
  })

  it('wait no longer than the first of them would have', async () => {
    await published(['Léa', 'Karim', 'Inès'])
    await later()
    const start = test.clock.now()
    await endPlace(0)
    test.clock.advance({ minutes: 0.5 })
    await endPlace(1)
    const [mail] = (await waiting()).filter(({ to_address }) => to_address === made.hosts[0]!.email)
    expect(mail!.release_at.getTime() - start.getTime()).toBe(60_000)
  })

  it('never touch a mail that was tried: what may have arrived is answered by another', async () => {
    await published(['Léa', 'Karim'])
    answer = () => 'temporary'
    await later()
    await endPlace(0)
    await endPlace(1)
    answer = () => 'sent'
    await later(60)
    await later(60)
    expect(about(made.hosts[0]!).map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })
})

/** What the calendars of one address show after all its mails. */
function calendarOf(address: string | null) {
  const entries = new Map<string, ReturnType<typeof about>[number]>()
  for (const mail of about({ email: address })) {
    const before = entries.get(mail.uid)
    // A calendar would drop either of these (RFC 5546 2.1.5).
    expect(mail.sequence).toBeGreaterThanOrEqual(before?.sequence ?? 0)
    if (before) expect(mail.stamp > before.stamp).toBe(true)
    else expect(mail.method).toBe('REQUEST')
    entries.set(mail.uid, mail)
  }
  return [...entries.values()].filter(({ method }) => method === 'REQUEST')
}

describe('whatever happens, in whatever order', () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('end' as const), guest: fc.nat(2) }),
    fc.record({ kind: fc.constant('give' as const), guest: fc.nat(2), slot: fc.nat(1) }),
    fc.record({ kind: fc.constant('move' as const), street: fc.nat(1) }),
    fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 3, 20) }),
    fc.record({ kind: fc.constant('race' as const), guest: fc.nat(2) }),
    fc.record({ kind: fc.constant('killed' as const), minutes: fc.constant(3) }),
  )

  it('every calendar ends up showing exactly what holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 12 }),
        fc.infiniteStream(fc.nat(3)),
        async (changes, luck) => {
          arrived = []
          answer = () => 'sent'
          made = await makeSmallDay(test, {
            hosts: ['Marion', 'Paul'],
            guests: ['Léa', 'Karim', 'Inès'],
            capacity: 3,
          })
          await publish(made, await readyPlan(test, made.day))
          answer = () => (luck.next().value === 0 ? 'temporary' : 'sent')
          for (const one of changes) {
            if (one.kind === 'end') await endPlace(one.guest)
            if (one.kind === 'give') await givePlace(one.guest, one.slot)
            if (one.kind === 'move') await moveSite(`${one.street} rue Neuve`)
            if (one.kind === 'wait') await later(one.minutes)
            if (one.kind === 'race') {
              test.clock.advance({ minutes: 2 })
              await Promise.all([deliver(), endPlace(one.guest), deliver()])
            }
            if (one.kind === 'killed') {
              // A process claimed a mail and died before it spoke to the server.
              test.clock.advance({ minutes: one.minutes })
              await sql`update outbox set status = 'sending', attempts = attempts + 1,
                claimed_until = ${test.clock.now()}
              where id = (select id from outbox where day_id = ${made.day.id} and status = 'waiting'
                and event_id is not null order by written limit 1)`.execute(test.db)
            }
          }
          answer = () => 'sent'
          for (let tries = 0; tries < 40 && (await waiting()).length > 0; tries++) {
            await later(120)
          }
          expect(await waiting()).toEqual([])
          const { rows } = await sql<{ slotId: string; personId: string }>`
          select slot_id as "slotId", person_id as "personId" from placements
          where day_id = ${made.day.id} and status = 'active'`.execute(test.db)
          for (const guest of made.guests) {
            const held = rows.some(({ personId }) => personId === guest.id)
            expect(calendarOf(guest.email)).toHaveLength(held ? 1 : 0)
          }
          const site = await test.db
            .selectFrom('sites')
            .select('address')
            .where('id', '=', made.site.id)
            .executeTakeFirstOrThrow()
          for (const [index, host] of made.hosts.entries()) {
            const mine = rows.filter(({ slotId }) => slotId === made.slots[index]!.id)
            const shown = calendarOf(host.email)
            expect(shown).toHaveLength(mine.length > 0 ? 1 : 0)
            for (const guest of made.guests) {
              const here = mine.some(({ personId }) => personId === guest.id)
              if (shown[0]) expect(shown[0].says.includes(guest.firstName)).toBe(here)
            }
            if (shown[0]) expect(shown[0].place).toContain(site.address)
          }
        },
      ),
      { numRuns: 12, endOnFailure: true },
    )
  }, 120_000)
})
