import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SendResult } from '#server/platform/mail/transport.ts'
import { outboxDelivery, type SendMail } from '#server/platform/outbox/outbox.delivery.ts'
import {
  enqueueMails,
  openBatch,
  retryFailed,
  stopBatch,
  withdrawAsking,
} from '#server/platform/outbox/outbox.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { cloneDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let clock: TestClock
let regionId: string
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  clock = new TestClock()
  await database.db.deleteFrom('outbox').execute()
  await database.db
    .updateTable('outbox_pace')
    .set({ tries: 0, minute_began: new Date(0), paused_until: new Date(0) })
    .execute()
  ;({ regionId } = await makeRegion(database.db, clock.now()))
})

/** Writes mails as one batch, all about the same calendar event where there is one. */
async function written(count: number, eventId?: string, asksAbout?: string): Promise<string> {
  const now = clock.now()
  return inTransaction(database.db, async (trx) => {
    const batch = { regionId, purpose: 'sign-up', createdBy: null }
    const batchId = await openBatch(trx, batch, now)
    const mails = Array.from({ length: count }, (_, number) => ({
      regionId,
      batchId,
      purpose: 'sign-up',
      ...(eventId ? { eventId } : {}),
      ...(asksAbout ? { asksAbout } : {}),
      to: { name: 'Léa', address: `lea-${number}@region.example` },
      language: 'fr' as const,
      subject: 'Inscriptions',
      text: '',
      html: '',
    }))
    await enqueueMails(trx, mails, now, 'region.example')
    return batchId
  })
}

const mails = () => database.db.selectFrom('outbox').selectAll().orderBy('written').execute()
const sent: SendResult = { kind: 'sent', response: '250 OK' }
const later: SendResult = { kind: 'temporary', reason: '451 try later' }

async function nextRun(): Promise<Date | undefined> {
  const { rows } = await sql<{ runAt: Date }>`select run_at as "runAt" from graphile_worker.jobs
    where key = 'deliver-outbox'`.execute(database.db)
  return rows[0]?.runAt
}

/** A mail server that answers when the test says so. */
function slowServer() {
  const arrived = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<SendResult>()
  const send: SendMail = () => {
    arrived.resolve()
    return answer.promise
  }
  return { send, arrived: arrived.promise, answer: answer.resolve }
}

describe('delivering', () => {
  it('sends each mail once, however many processes deliver at once', async () => {
    await written(60)
    const left: string[] = []
    const send: SendMail = async ({ id }) => {
      left.push(id)
      return sent
    }
    const processes = [1, 2, 3].map(() => outboxDelivery(database.db, clock, send))
    await Promise.all(processes.map((deliver) => deliver()))
    expect(left).toHaveLength(60)
    expect(new Set(left).size).toBe(60)
    expect(new Set((await mails()).map(({ status }) => status))).toEqual(new Set(['sent']))
  })

  it('never has two mails about one event in hand, and sends them in order', async () => {
    const events = Array.from({ length: 20 }, () => randomUUID())
    for (const event of events) await written(3, event)
    const under = new Set<string>()
    const left: { event: string; written: number; references: number }[] = []
    const send: SendMail = async (mail, references) => {
      const event = mail.event_id!
      expect(under.has(event)).toBe(false)
      under.add(event)
      // As long as the server thinks, whatever else may be claimed is.
      await database.db.selectFrom('outbox_pace').select('one').execute()
      left.push({ event, written: mail.written, references: references.length })
      under.delete(event)
      return sent
    }
    const processes = [1, 2, 3].map(() => outboxDelivery(database.db, clock, send))
    await Promise.all(processes.map((deliver) => deliver()))
    await processes[0]!()
    expect(left).toHaveLength(60)
    for (const event of events) {
      const ofEvent = left.filter((mail) => mail.event === event)
      expect(ofEvent.map(({ references }) => references)).toEqual([0, 1, 2])
      expect(ofEvent).toEqual(ofEvent.toSorted((a, b) => a.written - b.written))
    }
  })

  it('marks what left soon enough that a crash would repeat only a few', async () => {
    await written(120)
    let accepted = 0
    let most = 0
    await outboxDelivery(database.db, clock, async () => {
      const { marked } = await database.db
        .selectFrom('outbox')
        .select((eb) => eb.fn.countAll<number>().as('marked'))
        .where('status', '=', 'sent')
        .executeTakeFirstOrThrow()
      most = Math.max(most, accepted - marked)
      accepted++
      return sent
    })()
    expect(most).toBeLessThanOrEqual(26)
    expect((await mails()).filter(({ status }) => status !== 'sent')).toEqual([])
  })

  it('keeps to a few mails under way in one process, and misses none written meanwhile', async () => {
    await written(1)
    const server = slowServer()
    let most = 0
    let under = 0
    const deliver = outboxDelivery(database.db, clock, async (mail, references) => {
      most = Math.max(most, ++under)
      const result = await server.send(mail, references)
      under--
      return result
    })
    const first = deliver()
    await server.arrived
    await written(10)
    await deliver()
    await deliver()
    server.answer(sent)
    await first
    expect(most).toBeLessThanOrEqual(3)
    expect((await mails()).filter(({ status }) => status !== 'sent')).toEqual([])
  })

  it('does not take back what another process sent after a claim ran out', async () => {
    await written(1)
    const server = slowServer()
    const slow = outboxDelivery(database.db, clock, server.send)()
    await server.arrived
    clock.advance({ minutes: 3 })
    await outboxDelivery(database.db, clock, async () => sent)()
    server.answer(later)
    await slow
    expect(await mails()).toMatchObject([{ status: 'sent', last_error: null }])
  })

  it('does not try again what a director stopped while it was under way', async () => {
    const batchId = await written(1)
    const server = slowServer()
    const under = outboxDelivery(database.db, clock, server.send)()
    await server.arrived
    await inTransaction(database.db, (trx) => stopBatch(trx, batchId, clock.now()))
    server.answer(later)
    await under
    expect(await mails()).toMatchObject([{ status: 'stopped', last_error: '451 try later' }])
  })

  it.each([
    ['put off at that instant, is not tried again', later, 'stopped'],
    ['taken at that instant, counts as sent', sent, 'sent'],
  ] as const)('a mail that asks, answered while it is under way: %s', async (_, said, status) => {
    const asked = randomUUID()
    await written(1, undefined, asked)
    const server = slowServer()
    const delivery = outboxDelivery(database.db, clock, server.send)()
    await server.arrived
    const kept = await inTransaction(database.db, (trx) => withdrawAsking(trx, asked))
    expect(kept).toBe(0)
    server.answer(said)
    await delivery
    clock.set('2027-03-02T09:00:00Z')
    await outboxDelivery(database.db, clock, () => expect.fail('it was answered'))()
    expect(await mails()).toMatchObject([{ status }])
  })

  it('lets the others leave when one mail cannot even be made ready', async () => {
    await written(5)
    const [first] = await mails()
    await outboxDelivery(database.db, clock, async ({ id }) => {
      if (id === first!.id) throw new Error('no route for this link')
      return sent
    })()
    const [broken, ...others] = await mails()
    expect(broken).toMatchObject({ status: 'waiting', last_error: 'no route for this link' })
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['sent']))
  })

  it('looks again when the first of several about one event is due, not before', async () => {
    await written(2, randomUUID())
    await outboxDelivery(database.db, clock, async () => later)()
    const [first, second] = await mails()
    expect([first!.attempts, second!.attempts]).toEqual([1, 0])
    expect(await nextRun()).toEqual(first!.release_at)
    expect(first!.release_at > clock.now()).toBe(true)
  })

  it('keeps to the rate the server bears, all processes together, and looks again in time', async () => {
    await written(10)
    const left: string[] = []
    const processes = [1, 2].map(() =>
      outboxDelivery(
        database.db,
        clock,
        async ({ id }) => {
          left.push(id)
          return sent
        },
        4,
      ),
    )
    await Promise.all(processes.map((deliver) => deliver()))
    expect(left).toHaveLength(4)
    expect(await nextRun()).toEqual(new Date(clock.now().getTime() + 60_000))
    clock.advance({ minutes: 1 })
    await Promise.all(processes.map((deliver) => deliver()))
    expect(left).toHaveLength(8)
    clock.advance({ minutes: 1 })
    await processes[0]!()
    expect(left).toHaveLength(10)
  })

  it('leaves a server alone that asks for patience, longer each time, with every mail', async () => {
    await written(10)
    let tries = 0
    let answer: SendResult = { kind: 'temporary', reason: '421 too many mails', slower: true }
    const deliver = outboxDelivery(database.db, clock, async () => {
      tries++
      return answer
    })
    const other = outboxDelivery(database.db, clock, async () => {
      tries++
      return sent
    })
    await deliver()
    // No more than were under way in the lanes of this process.
    expect(tries).toBeLessThanOrEqual(3)
    const paused = tries
    await other()
    expect(tries).toBe(paused)
    expect((await nextRun())! > clock.now()).toBe(true)
    clock.advance({ minutes: 5 })
    answer = sent
    await other()
    await deliver()
    expect((await mails()).filter(({ status }) => status === 'sent')).toHaveLength(10)
  })

  it('tries a failed mail once more by hand, unless something newer was said', async () => {
    await written(2, randomUUID())
    await outboxDelivery(database.db, clock, async () => ({
      kind: 'permanent',
      reason: '550 no',
    }))()
    const [older, newer] = await mails()
    const retry = (id: string) =>
      inTransaction(database.db, (trx) => retryFailed(trx, id, clock.now()))
    expect(await retry(older!.id)).toBe(false)
    const twice = await Promise.all([retry(newer!.id), retry(newer!.id)])
    expect(twice.sort()).toEqual([false, true])
    await outboxDelivery(database.db, clock, async () => sent)()
    expect((await mails()).map(({ status }) => status)).toEqual(['failed', 'sent'])
  })

  it('ends after the mails under way when the process stops, and leaves the rest whole', async () => {
    await written(30)
    const stopping = new AbortController()
    await outboxDelivery(database.db, clock, async () => {
      stopping.abort()
      return sent
    })(stopping.signal)
    const statuses = Map.groupBy(await mails(), ({ status }) => status)
    expect(statuses.get('sending')).toBeUndefined()
    expect(statuses.get('sent')!.length).toBeLessThanOrEqual(3)
    expect(statuses.get('waiting')!.length).toBeGreaterThanOrEqual(27)
    // Claimed with the others and never tried: nobody can have received them.
    expect(new Set(statuses.get('waiting')!.map(({ attempts }) => attempts))).toEqual(new Set([0]))
  })
})
