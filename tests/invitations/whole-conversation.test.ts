import ICAL from 'ical.js'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import type { CatcherStep } from '#server/platform/mail/catcher.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import type { AnsweringRoute, RouteCall, RouteOutput } from '#shared/contract.ts'
import { handoversRoutes } from '#shared/handovers/handovers.contract.ts'
import { boardRoutes } from '#shared/invitations/invitations.board.contract.ts'
import { feedRoutes } from '#shared/invitations/invitations.feed.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { allSent, type Scene, type Steps, scene, serveAgain } from '../platform/killed.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { replyTo, soon } from './answers.factory.ts'
import { invitationsTo } from './invitations.factory.ts'

// A whole conversation with a real server process, a real mail server and a real mailbox: what the
// board says, what each calendar was told by mail and what each feed shows must be one truth.

/** Asks the served installation, as a browser would; fails the test with what it refused. */
function asking(url: () => string) {
  return async <const C extends AnsweringRoute>(
    contract: C,
    input: RouteCall<C>,
    cookie?: string,
  ): Promise<RouteOutput<C>> => {
    const { params, body } = input as { params?: Record<string, string>; body?: unknown }
    const path = contract.path.replace(/:(\w+)/g, (_, name) => params?.[name] ?? '')
    const response = await fetch(`${url()}${path}`, {
      method: contract.method,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(cookie ? { cookie } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const said = await response.text()
    expect(response.status, `${contract.path} ${said}`).toBeLessThan(300)
    return z.parse(contract.response as z.core.$ZodType, JSON.parse(said)) as RouteOutput<C>
  }
}

interface Standing {
  uid: string
  startsAt: Date
  endsAt: Date
}

/** What stands in somebody's calendar once every mail has been taken in, in the order it came. */
async function calendarOf({ test }: Scene, { email }: Person): Promise<Standing[]> {
  const standing = new Map<string, Standing & { sequence: number }>()
  for (const mail of await invitationsTo(test, email)) {
    const { uid, sequence, startsAt, endsAt } = mail
    const before = standing.get(uid)
    expect(sequence, 'never backwards').toBeGreaterThanOrEqual(before?.sequence ?? 0)
    if (mail.method === 'CANCEL') standing.delete(uid)
    else standing.set(uid, { uid, startsAt, endsAt, sequence })
  }
  return [...standing.values()].map(({ uid, startsAt, endsAt }) => ({ uid, startsAt, endsAt }))
}

async function feedAt(url: string): Promise<Standing[]> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  const calendar = new ICAL.Component(ICAL.parse(await response.text()))
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, startDate, endDate } = new ICAL.Event(component)
    return { uid, startsAt: startDate.toJSDate(), endsAt: endDate.toJSDate() }
  })
}

const methodsTo = async ({ test }: Scene, { email }: Person) =>
  (await invitationsTo(test, email)).map(({ method, sequence }) => `${method} ${sequence}`)

it('board, feeds and mails agree after answers, another hour, a refusal, a hand-over and a kill', {
  timeout: 180_000,
}, async () => {
  const steps: Steps = {}
  const the = await scene(steps, {
    hosts: ['Marion', 'Nadia', 'Olga', 'Pia'],
    guests: ['Léa', 'Malik', 'Youssef', 'Zoé'],
  })
  const { test, made, imap } = the
  const [marion, nadia, olga, pia] = made.hosts as [Person, Person, Person, Person]
  const paul = await makePerson(test.db, test.clock.now(), made.site, {
    role: 'shop_seller',
    firstName: 'Paul',
  })
  const placements = await activePlacements(test.db, made.day.id)
  const guestOf = (host: Person) => {
    const slot = made.slots[made.hosts.indexOf(host)]!
    const placed = placements.find(({ slotId }) => slotId === slot.id)
    return made.guests.find(({ id }) => id === placed?.personId)!
  }
  const slotOf = (host: Person) => made.slots[made.hosts.indexOf(host)]!
  const linkOf = async (person: Person) => (await invitationsTo(test, person.email)).at(-1)!.link

  let served = await the.serve()
  const ask = asking(() => served.url)
  const director = made.director.cookie
  const dayId = made.day.id
  const people = async () => {
    const input = { params: { dayId }, query: {} }
    const board = await ask(boardRoutes.invitedPeople, input, director)
    return Object.fromEntries(
      board.people.map(({ firstName, side, standing }) => [`${firstName} ${side}`, standing]),
    )
  }
  const boardSays = (expected: Record<string, string>) =>
    vi.waitFor(async () => expect(await people()).toMatchObject(expected), soon)
  const answers = async (person: Person, answer: 'yes' | 'no' | 'maybe') =>
    imap.deliver(await replyTo(test, person.email, answer, { sentAt: new Date() }), new Date())

  await answers(marion, 'yes')
  await answers(guestOf(marion), 'maybe')
  await answers(nadia, 'no')
  await boardSays({
    'Marion host': 'yes',
    [`${guestOf(marion).firstName} guest`]: 'maybe',
    'Nadia host': 'no',
    'Olga host': 'silent',
  })
  await allSent(the)
  expect(await methodsTo(the, nadia)).toEqual(['REQUEST 0', 'CANCEL 1'])
  expect(await methodsTo(the, guestOf(nadia))).toEqual(['REQUEST 0', 'CANCEL 1'])

  // Another hour: both are asked again, whatever they said.
  const hours = { startsAt: '10:15', endsAt: '11:30' }
  const moved = { params: { slotId: slotOf(marion).id }, body: hours }
  await ask(slotsRoutes.move, moved, director)
  await boardSays({ 'Marion host': 'silent', [`${guestOf(marion).firstName} guest`]: 'silent' })
  await allSent(the)
  expect(await methodsTo(the, marion)).toEqual(['REQUEST 0', 'REQUEST 1'])
  await answers(marion, 'yes')
  await answers(guestOf(marion), 'maybe')
  await boardSays({ 'Marion host': 'yes', [`${guestOf(marion).firstName} guest`]: 'maybe' })

  // A slot is refused, and the process dies while it tells so.
  steps.smtp = ({ stage }: CatcherStep) => stage === 'recipient' && the.kill()
  const refused = { release: 'refused' as const, reason: 'Inventaire' }
  await ask(
    slotsRoutes.release,
    { params: { slotId: slotOf(olga).id }, body: refused },
    director,
  ).catch(() => {})
  await served.ended
  delete steps.smtp
  served = await serveAgain(the)
  await allSent(the)
  expect((await methodsTo(the, olga)).at(-1)).toBe('CANCEL 1')
  expect((await methodsTo(the, guestOf(olga))).at(-1)).toBe('CANCEL 1')

  const page = { token: await linkOf(pia) }
  await ask(handoversRoutes.ask, { params: page, body: { personId: paul.id } })
  await allSent(the)
  const [asked] = await test.mailbox.listMails({ to: paul.email! })
  const relay = /\/relais\/(\S+)/.exec((await test.mailbox.readMail(asked!.id))!.text)![1]!
  await ask(handoversRoutes.answer, { params: { token: relay }, body: { answer: 'yes' } })
  await allSent(the)
  expect(await methodsTo(the, pia)).toEqual(['REQUEST 0', 'CANCEL 1'])
  expect(await methodsTo(the, paul)).toEqual(['REQUEST 0'])
  const before = await fetch(`${served.url}/api/slot-links/${page.token}/meeting`)
  expect(before.ok).toBe(false)

  const expected = {
    'Marion host': 'yes',
    'Paul host': 'yes',
    'Nadia host': 'no',
    [`${guestOf(marion).firstName} guest`]: 'maybe',
    [`${guestOf(pia).firstName} guest`]: 'silent',
  }
  await boardSays(expected)
  expect(await people()).toEqual(expected)

  const standing = new Set([marion, paul, guestOf(marion), guestOf(pia)])
  for (const person of [...made.hosts, ...made.guests, paul]) {
    const told = await calendarOf(the, person)
    expect(told, person.firstName).toHaveLength(standing.has(person) ? 1 : 0)
    const { cookie } = await test.signedIn(person.accountId!)
    const { url } = await ask(feedRoutes.myFeed, {}, cookie)
    const path = new URL(url).pathname
    expect(await feedAt(`${served.url}${path}`), person.firstName).toEqual(told)
  }
  const [first] = await calendarOf(the, marion)
  // The morning begins at nine.
  expect(first!.startsAt).toEqual(new Date(slotOf(marion).startsAt.getTime() + 75 * 60_000))
  const meeting = await ask(confirmationsRoutes.slotLinkMeeting, {
    params: { token: await linkOf(marion) },
  })
  expect(meeting).toMatchObject({ answer: 'yes', startsAt: first!.startsAt, endsAt: first!.endsAt })
})
