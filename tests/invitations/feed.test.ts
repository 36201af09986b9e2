import { Writable } from 'node:stream'
import ICAL from 'ical.js'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signOutEverywhere } from '#server/features/accounts/accounts.service.ts'
import { calendarFile } from '#server/features/invitations/calendar/calendar.file.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { feedRoutes } from '#shared/invitations/invitations.feed.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  deliver,
  invitationsTo,
  makeSmallDay,
  publish,
  publishedDay,
  readyPlan,
} from './invitations.factory.ts'

const logged: string[] = []
let test: TestApp
beforeAll(async () => {
  const stream = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk))
      done()
    },
  })
  test = await startTestApp({ logger: pino({ level: 'trace' }, stream) })
})
afterAll(() => test.close())

const asked = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  test.app.inject({ method, url: url.replace(test.services.config.publicUrl, ''), headers })

async function feedOf(person: Person): Promise<string> {
  const caller = await test.signedIn(person.accountId!)
  return (await caller.ask(feedRoutes.myFeed)).url
}

/** The feed as a calendar program reads it. */
async function followed(url: string) {
  const response = await asked(url)
  expect(response.statusCode).toBe(200)
  const calendar = new ICAL.Component(ICAL.parse(response.body))
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  return { response, calendar, events }
}

describe('what a feed shows', () => {
  it('repeats the invitations of host and guest, with their UIDs, hours and place', async () => {
    const made = await publishedDay(test)
    for (const person of [made.hosts[0]!, made.guests[0]!]) {
      const [invitation] = await invitationsTo(test, person.email)
      const { events } = await followed(await feedOf(person))
      expect(events).toHaveLength(1)
      expect(events[0]).toMatchObject({
        uid: invitation!.uid,
        sequence: invitation!.sequence,
        summary: invitation!.summary,
        location: invitation!.location,
      })
      expect(events[0]!.startDate.toJSDate()).toEqual(invitation!.startsAt)
      expect(events[0]!.endDate.toJSDate()).toEqual(invitation!.endsAt)
    }
  })

  it('asks nobody for an answer, names no address and holds no link to answer', async () => {
    const made = await publishedDay(test)
    const [invitation] = await invitationsTo(test, made.guests[0]!.email)
    const { response, calendar, events } = await followed(await feedOf(made.guests[0]!))
    expect(calendar.getFirstPropertyValue('method')).toBeNull()
    for (const name of ['attendee', 'organizer']) {
      expect(events[0]!.component.getFirstProperty(name)).toBeNull()
    }
    expect(response.body).not.toMatch(/mailto/i)
    expect(response.body).not.toContain('capability')
    expect(response.body.replaceAll('\r\n ', '')).not.toContain(invitation!.link)
    expect(response.body).not.toContain(made.hosts[0]!.lastName)
  })

  it('is told by a mail first: nothing while a director still holds it back', async () => {
    const made = await makeSmallDay(test)
    const url = await feedOf(made.guests[0]!)
    const { started } = await publish(made, await readyPlan(test, made.day))
    expect((await followed(url)).events).toEqual([])
    const params = { batchId: started.batchId! }
    await made.director.ask(invitationsRoutes.stopBatch, { params })
    await deliver(test)
    expect((await followed(url)).events).toEqual([])
    const day = { dayId: made.day.id }
    const { fingerprint } = await made.director.ask(invitationsRoutes.heldPreview, { params: day })
    await made.director.ask(invitationsRoutes.sendHeld, { params: day, body: { fingerprint } })
    await deliver(test)
    expect((await followed(url)).events).toHaveLength(1)
  })

  it('loses a meeting with its cancellation, and keeps those of other days', async () => {
    const email = 'lea.deux.jours@region.example'
    const first = await publishedDay(test, { guestEmail: email })
    await publishedDay(test, { guestEmail: email })
    const url = await feedOf(first.guests[0]!)
    expect((await followed(url)).events).toHaveLength(2)
    const host = await test.signedIn(first.hosts[0]!.accountId!)
    const params = { slotId: first.slots[0]!.id }
    await host.ask(confirmationsRoutes.answerSlot, { params, body: { answer: 'no' } })
    await deliver(test)
    expect((await followed(url)).events).toHaveLength(1)
    expect((await followed(await feedOf(first.hosts[0]!))).events).toEqual([])
  })

  it('is empty, and sound, for somebody who meets nobody', async () => {
    const made = await publishedDay(test)
    const url = (await made.director.ask(feedRoutes.myFeed)).url
    expect((await followed(url)).events).toEqual([])
  })
})

describe('how a feed is served', () => {
  it('is a calendar to follow: type, line ends, name, refresh, no cookie, no attachment', async () => {
    const made = await publishedDay(test)
    const { response, calendar } = await followed(await feedOf(made.guests[0]!))
    expect(response.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'x-robots-tag': 'noindex',
      'cache-control': 'private, no-cache',
    })
    for (const name of ['set-cookie', 'content-disposition', 'content-encoding', 'location']) {
      expect(response.headers[name], name).toBeUndefined()
    }
    expect(response.body).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect(response.body).toMatch(/\r\nEND:VCALENDAR\r\n$/)
    expect(response.body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of response.body.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    }
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('10 de cœur')
    expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT4H')
    expect(calendar.getFirstPropertyValue('x-published-ttl')).toBe('PT4H')
  })

  it('stays the same bytes while nothing changed, and answers 304 to whoever has them', async () => {
    const made = await publishedDay(test)
    const url = await feedOf(made.hosts[0]!)
    const first = await asked(url)
    const etag = String(first.headers.etag)
    test.clock.advance({ hours: 5 })
    const later = await asked(url)
    expect([later.body, later.headers.etag]).toEqual([first.body, etag])
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await asked(url, { 'if-none-match': known })
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
    }
    expect((await asked(url, { 'if-none-match': '"other"' })).statusCode).toBe(200)
    const host = await test.signedIn(made.hosts[0]!.accountId!)
    const params = { slotId: made.slots[0]!.id }
    await host.ask(confirmationsRoutes.answerSlot, { params, body: { answer: 'no' } })
    await deliver(test)
    expect((await asked(url, { 'if-none-match': etag })).statusCode).toBe(200)
  })

  it('answers HEAD like GET, without the calendar', async () => {
    const made = await publishedDay(test)
    const url = await feedOf(made.guests[0]!)
    const [whole, head] = [await asked(url), await asked(url, {}, 'HEAD')]
    expect([head.statusCode, head.body]).toEqual([200, ''])
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
      expect(head.headers[name], name).toBe(whole.headers[name])
    }
  })

  it('escapes its name, and folds it', () => {
    const head = { name: `Léa; « 10 », \\ ${'é'.repeat(60)}`, refreshHours: 4 }
    const calendar = new ICAL.Component(ICAL.parse(calendarFile([], head)))
    for (const name of ['name', 'x-wr-calname']) {
      // ical.js unfolds them, and leaves names it does not know escaped.
      const written = String(calendar.getFirstPropertyValue(name))
      expect(written.replace(/\\([\\;,])/g, '$1')).toBe(head.name)
    }
  })
})

describe('the address of a feed', () => {
  it('is a secret of 128 bits that no log keeps', async () => {
    const made = await publishedDay(test)
    const url = await feedOf(made.guests[0]!)
    expect(url).toMatch(/\/agenda\/[\w-]{22}\.[\w-]{22}\.ics$/)
    await asked(url)
    await asked(`${url}x`)
    const secret = /agenda\/(.+)\.ics$/.exec(url)![1]!
    expect(logged.join('')).toContain('/agenda/*')
    expect(logged.join('')).not.toContain(secret)
    expect(logged.join('')).not.toContain(secret.split('.')[1]!)
  })

  it('leads nowhere once renewed, at once and for good', async () => {
    const made = await publishedDay(test)
    const guest = await test.signedIn(made.guests[0]!.accountId!)
    const { url: before } = await guest.ask(feedRoutes.myFeed)
    const { url: after } = await guest.ask(feedRoutes.renewFeed)
    expect(after).not.toBe(before)
    expect((await guest.ask(feedRoutes.myFeed)).url).toBe(after)
    expect((await asked(before)).statusCode).toBe(404)
    expect((await followed(after)).events).toHaveLength(1)
  })

  it('leads nowhere when the account passes to somebody else', async () => {
    const made = await publishedDay(test)
    const accountId = made.guests[0]!.accountId!
    const before = await feedOf(made.guests[0]!)
    await inTransaction(test.db, (trx) => signOutEverywhere(trx, [accountId], test.clock.now()))
    expect((await asked(before)).statusCode).toBe(404)
  })

  it('is not found for anything that is no feed: no page, no redirect, no error', async () => {
    const made = await publishedDay(test)
    const url = await feedOf(made.guests[0]!)
    const { secret } = test.services
    const accountId = made.guests[0]!.accountId!
    const token = /agenda\/(.+)\.ics$/.exec(url)![1]!
    const odd = [
      '',
      '.ics',
      'x.ics',
      token,
      `${token}.ICS`,
      `${token}.ics.ics`,
      `${token}.ics/`,
      `${token}.ics%00`,
      `../agenda/${token}`,
      `${'x'.repeat(5_000)}.ics`,
      `${token.slice(0, -1)}.ics`,
      '%C3%28.ics',
      '%',
      '%2F%2F',
      `${deriveToken(secret, 'slot', accountId, 1)}.ics`,
      `${deriveToken('another secret', 'feed', accountId, 1)}.ics`,
      `${deriveToken(secret, 'feed', made.slots[0]!.id, 1)}.ics`,
    ]
    for (const name of odd) {
      for (const method of ['GET', 'HEAD'] as const) {
        const response = await asked(`/agenda/${name}`, {}, method)
        expect(response.statusCode, name).toBe(404)
        expect(response.headers.location).toBeUndefined()
        expect(response.headers['set-cookie']).toBeUndefined()
      }
    }
  })

  it('reads no session: what a browser’s cookie says changes nothing', async () => {
    const made = await publishedDay(test)
    const url = await feedOf(made.guests[0]!)
    const { cookie } = await test.signedIn(made.hosts[0]!.accountId!)
    const [without, with_] = [await asked(url), await asked(url, { cookie: cookie! })]
    expect(with_.body).toBe(without.body)
    const seen = await test.db.selectFrom('sessions').select('last_seen_at').execute()
    test.clock.advance({ hours: 1 })
    await asked(url, { cookie: cookie! })
    expect(await test.db.selectFrom('sessions').select('last_seen_at').execute()).toEqual(seen)
  })
})

describe('a meeting to download', () => {
  /** The one event of a downloaded file. */
  const read = (file: { bytes: Uint8Array | string }) => {
    const calendar = new ICAL.Component(
      ICAL.parse(Buffer.from(file.bytes as Uint8Array).toString()),
    )
    expect(calendar.getFirstPropertyValue('method')).toBeNull()
    const component = calendar.getFirstSubcomponent('vevent')!
    expect(component.getFirstProperty('attendee')).toBeNull()
    return new ICAL.Event(component)
  }

  it('carries the UID of the invitation, by link and signed in, for host and guest', async () => {
    const made = await publishedDay(test)
    const [host] = await invitationsTo(test, made.hosts[0]!.email)
    const [guest] = await invitationsTo(test, made.guests[0]!.email)
    const hosting = await test.signedIn(made.hosts[0]!.accountId!)
    const visiting = await test.signedIn(made.guests[0]!.accountId!)
    const params = { dayId: made.day.id }
    const [visit] = await visiting.ask(confirmationsRoutes.myMeetings, { params })
    const files = [
      await test.nobody.ask(feedRoutes.slotLinkFile, { params: { token: host!.link } }),
      await hosting.ask(feedRoutes.slotFile, { params: { slotId: made.slots[0]!.id } }),
      await test.nobody.ask(feedRoutes.placementLinkFile, { params: { token: guest!.link } }),
      await visiting.ask(feedRoutes.placementFile, { params: { placementId: visit!.id } }),
    ].map(read)
    for (const [place, file] of files.entries()) {
      const invitation = place < 2 ? host! : guest!
      const { uid, sequence, summary, location, startsAt, endsAt } = invitation
      expect(file).toMatchObject({ uid, sequence, summary, location })
      expect([file.startDate.toJSDate(), file.endDate.toJSDate()]).toEqual([startsAt, endsAt])
      expect(file.description).not.toContain(invitation.link)
    }
  })

  it('is there for a host without a mail address, the same each time', async () => {
    const made = await publishedDay(test, { hostEmail: null })
    const { id, linkGeneration } = made.slots[0]!
    const token = deriveToken(test.services.secret, 'slot', id, linkGeneration)
    const [one, again] = [
      read(await test.nobody.ask(feedRoutes.slotLinkFile, { params: { token } })),
      read(await test.nobody.ask(feedRoutes.slotLinkFile, { params: { token } })),
    ]
    expect(one.uid).toMatch(/^[0-9a-f]{32}@/)
    expect(again.uid).toBe(one.uid)
  })

  it('is refused for what no longer takes place', async () => {
    const made = await publishedDay(test)
    const [guest] = await invitationsTo(test, made.guests[0]!.email)
    const params = { token: guest!.link }
    await test.nobody.ask(confirmationsRoutes.answerPlacementLink, {
      params,
      body: { answer: 'no' },
    })
    const answer = await test.nobody.call(feedRoutes.placementLinkFile, { params })
    expect(answer.problem?.code).toBe('placement-ended')
  })
})
