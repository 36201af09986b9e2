import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { confirmationOf } from '#server/features/confirmations/confirmations.queries.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { replyTo, soon } from '../invitations/answers.factory.ts'
import {
  allSent,
  arrived,
  outbox,
  type Scene,
  type Steps,
  scene,
  serveAgain,
} from './killed.factory.ts'

// Each test kills the real server process (SIGKILL: no chance to say goodbye) at one step, starts
// another on the same database, mail server and mailbox, and counts what people received.

/** Marion can no longer host: she and Léa are owed a cancellation. */
async function marionDeclines({ test, made }: Scene, url: string) {
  const slot = made.slots[0]!
  const token = deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration)
  const response = await fetch(`${url}/api/slot-links/${token}/answer`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ answer: 'no' }),
  })
  expect(response.status, await response.clone().text()).toBe(200)
}

const ofPerson = (
  mails: Awaited<ReturnType<typeof arrived>>,
  { email }: { email: string | null },
) => mails.filter(({ to, method }) => to === email && method).map(({ method }) => method)

it('killed after a change was committed, before its mail left: it leaves once', {
  timeout: 120_000,
}, async () => {
  const steps: Steps = {}
  const the = await scene(steps)
  const first = await the.serve()
  // Every mail was claimed and named its recipient; of none a word was handed over.
  steps.smtp = ({ stage }) => stage === 'recipient' && the.kill()
  await marionDeclines(the, first.url)
  await first.ended
  delete steps.smtp
  expect((await arrived(the)).filter(({ method }) => method === 'CANCEL')).toEqual([])
  expect((await outbox(the)).filter(({ status }) => status === 'sending')).not.toEqual([])

  await serveAgain(the)
  await allSent(the)
  const mails = await arrived(the)
  expect(ofPerson(mails, the.made.hosts[0]!)).toEqual(['REQUEST', 'CANCEL'])
  expect(ofPerson(mails, the.made.guests[0]!)).toEqual(['REQUEST', 'CANCEL'])
  expect(mails).toHaveLength((await outbox(the)).length)
})

it('killed after the mail server took a mail, before it was noted: the same mail again, by its Message-ID', {
  timeout: 120_000,
}, async () => {
  const steps: Steps = {}
  const the = await scene(steps)
  const lea = the.made.guests[0]!
  const first = await the.serve()
  // The mail server keeps the mail; its « 250 » meets nobody.
  steps.smtp = ({ stage, to }) => stage === 'data' && to === lea.email && the.kill()
  await marionDeclines(the, first.url)
  await first.ended
  delete steps.smtp
  await vi.waitUntil(async () => ofPerson(await arrived(the), lea).length === 2, soon)
  const unknown = (await outbox(the)).filter(({ status }) => status === 'sending')
  expect(unknown.map(({ to_address }) => to_address)).toContain(lea.email)

  await serveAgain(the)
  await allSent(the)
  // SMTP has no word for « did you have this one? » (RFC 5321 4.2.5 lets it come twice): what can be
  // promised is that it is the same mail, which mail and calendar programs show once.
  const mails = await arrived(the)
  const [asked, ...cancelled] = mails.filter(({ to, method }) => to === lea.email && method)
  expect(asked).toMatchObject({ method: 'REQUEST' })
  expect(cancelled).toHaveLength(2)
  expect(cancelled[1]).toEqual(cancelled[0])
  expect(new Set(mails.map(({ id }) => id)).size).toBe((await outbox(the)).length)
})

/** Marion's calendar says no, by mail; the first server dies at a step of `steps`. */
async function declinesByMail(the: Scene) {
  const now = { sentAt: new Date() }
  const raw = await replyTo(the.test, the.made.hosts[0]!.email, 'no', now)
  return the.imap.deliver(raw, new Date())
}

const answersRead = ({ test }: Scene) =>
  test.db.selectFrom('inbound_mails').select(['verdict']).execute()

async function saidOnce(the: Scene, uid: number) {
  await vi.waitUntil(async () => (await the.imap.flagsOf(uid)).length > 0, soon)
  expect(await the.imap.flagsOf(uid)).toEqual(['\\Seen'])
  expect(await answersRead(the)).toEqual([{ verdict: 'apply' }])
  const answer = await confirmationOf(the.test.db, 'slot_id', the.made.slots[0]!.id)
  expect(answer).toMatchObject({ answer: 'no', channel: 'mail' })
  await allSent(the)
  // The process that died may have been sending: what counts is how many different mails came.
  const mails = [...new Map((await arrived(the)).map((mail) => [mail.id, mail])).values()]
  expect(ofPerson(mails, the.made.hosts[0]!)).toEqual(['REQUEST', 'CANCEL'])
  expect(ofPerson(mails, the.made.guests[0]!)).toEqual(['REQUEST', 'CANCEL'])
}

it('killed after an answer was applied, before its mail was marked: it counts once', {
  timeout: 120_000,
}, async () => {
  const steps: Steps = {}
  const the = await scene(steps)
  const first = await the.serve()
  steps.mark = () => {
    the.kill()
    return false
  }
  const uid = await declinesByMail(the)
  await first.ended
  delete steps.mark
  expect(await answersRead(the)).toEqual([{ verdict: 'apply' }])
  expect(await the.imap.flagsOf(uid)).toEqual([])

  await serveAgain(the)
  await saidOnce(the, uid)
})

it('killed while an answer was being applied: nothing of it stays, and the next server applies it', {
  timeout: 120_000,
}, async () => {
  const the = await scene({})
  const first = await the.serve()
  const held = await the.test.db.startTransaction().execute()
  // Who holds the day holds up everything that would change it.
  await sql`select from days where id = ${the.made.day.id} for update`.execute(held)
  const uid = await declinesByMail(the)
  const waiting = async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(the.test.db)
    return rows.length > 0
  }
  await vi.waitUntil(waiting, soon)
  the.kill()
  await first.ended
  await held.rollback().execute()
  expect(await answersRead(the)).toEqual([])
  expect(await the.imap.flagsOf(uid)).toEqual([])

  await serveAgain(the)
  await saidOnce(the, uid)
})
