import ICAL from 'ical.js'
import { closeSignUp } from '#server/features/days/days.service.ts'
import { planById, requestPlan } from '#server/features/matching/matching.service.ts'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import type { Slot } from '#server/features/slots/slots.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import { makePerson, makeRegion, makeSite, roleByCode } from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import type { Caller, TestApp } from '../support/app.ts'

export interface SmallDay {
  day: DayDetails
  site: Site
  director: Caller
  directorAccount: string
  hosts: Person[]
  slots: Slot[]
  guests: Person[]
}

/** What making a day needs of a test: the whole application, or a journey's stage. */
export type Bench = Pick<TestApp, 'db' | 'services' | 'clock' | 'signedIn' | 'runJobs'>

/**
 * A day ready to be matched: one shop, hosts with a morning each, guests who ask for anything;
 * sign-up closed. Made by the services, as clicks would.
 */
export async function makeSmallDay(
  test: Bench,
  {
    hosts = ['Marion'],
    guests = ['Léa'],
    capacity = 1,
    hostEmail,
    guestEmail,
    date,
  }: {
    hosts?: string[]
    guests?: string[]
    capacity?: number
    hostEmail?: null
    guestEmail?: string
    date?: string
  } = {},
): Promise<SmallDay> {
  const { db, services } = test
  const now = test.clock.now()
  const region = await makeRegion(db, now)
  const site = await makeSite(db, now, region.regionId, { name: 'Boutique Dax' })
  const role = await roleByCode(db, region.regionId, 'shop_seller')
  const day = await makeDay(db, now, region.regionId, {
    open: true,
    by: region.director,
    ...(date ? { date } : {}),
  })
  const made: SmallDay = {
    day,
    site,
    director: await test.signedIn(region.director),
    directorAccount: region.director,
    hosts: [],
    slots: [],
    guests: [],
  }
  for (const firstName of hosts) {
    const email = hostEmail === null ? { email: null } : {}
    const host = await makePerson(db, now, site, { role: 'shop_seller', firstName, ...email })
    made.hosts.push(host)
    const offer = { personId: host.id, siteId: site.id, roleId: role.id }
    made.slots.push(await makeSlot(services, now, day, offer, { capacity }))
  }
  for (const firstName of guests) {
    const guest = await makePerson(db, now, site, {
      firstName,
      ...(guestEmail ? { email: guestEmail } : {}),
    })
    made.guests.push(guest)
    await makeSignup(db, now, day, guest)
  }
  const closed = await inTransaction(db, (trx) => closeSignUp(trx, day.id, region.director, now))
  if (isRefusal(closed)) throw new Error(closed.refused)
  return made
}

/** Asks for a plan and waits for it, as the studio does. */
export async function readyPlan(test: Bench, day: { id: string }): Promise<string> {
  const plan = await inTransaction(test.db, (trx) =>
    requestPlan(trx, day.id, null, test.clock.now()),
  )
  if (isRefusal(plan)) throw new Error(plan.refused)
  await test.runJobs()
  const status = (await planById(test.db, plan.id))?.status
  if (status !== 'ready') throw new Error(`the plan is ${status}`)
  return plan.id
}

/** Previews and publishes as a director does: what was seen is what is sent. */
export async function publish(made: SmallDay, planId: string) {
  const params = { planId }
  const preview = await made.director.ask(invitationsRoutes.publicationPreview, { params })
  const { fingerprint } = preview
  const started = await made.director.ask(invitationsRoutes.publish, {
    params,
    body: { fingerprint },
  })
  return { preview, started }
}

/** Lets the time pass in which a sending can be taken back, and everything due leave. */
export async function deliver(test: TestApp): Promise<void> {
  test.clock.advance({ minutes: 3 })
  // What the crontab does every minute: the job runner's own clock is the database's.
  await addJob(test.db, 'deliver-outbox', {}, { key: 'deliver-outbox' })
  await test.runJobs()
}

/** A small day, matched, published and delivered. */
export async function publishedDay(
  test: TestApp,
  options: Parameters<typeof makeSmallDay>[1] = {},
): Promise<SmallDay> {
  const made = await makeSmallDay(test, options)
  await publish(made, await readyPlan(test, made.day))
  await deliver(test)
  return made
}

/** The invitations that really arrived for an address, oldest first, read as a calendar would. */
export async function invitationsTo(test: Pick<TestApp, 'mailbox'>, address: string | null) {
  const mails = await test.mailbox.listMails({ to: address ?? '' })
  const found = []
  for (const { id, calendarMethod } of mails.reverse()) {
    const mail = calendarMethod ? await test.mailbox.readMail(id) : null
    const content = mail?.calendars[0]?.content
    if (!mail || !content) continue
    const calendar = new ICAL.Component(ICAL.parse(content))
    const component = calendar.getFirstSubcomponent('vevent')!
    const event = new ICAL.Event(component)
    const attendees = component.getAllProperties('attendee')
    found.push({
      mail,
      method: String(calendar.getFirstPropertyValue('method')),
      uid: event.uid,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      startsAt: event.startDate.toJSDate(),
      endsAt: event.endDate.toJSDate(),
      summary: event.summary,
      location: event.location,
      description: event.description,
      organiser: String(component.getFirstPropertyValue('organizer')),
      organiserName: component.getFirstProperty('organizer')?.getFirstParameter('cn'),
      attendees: attendees.map((attendee) => ({
        address: String(attendee.getFirstValue()),
        partstat: attendee.getFirstParameter('partstat'),
        rsvp: attendee.getFirstParameter('rsvp'),
      })),
      link: /http\S+\/(?:creneau|affectation|atelier|animation)\/(\S+)/.exec(mail.text)?.[1] ?? '',
      parts: mail.calendars.map((part) => part.content),
    })
  }
  return found
}
