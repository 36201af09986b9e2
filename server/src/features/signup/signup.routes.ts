import type { FastifyInstance } from 'fastify'
import { type Day, dayById, periodsOfDay } from '#server/features/days/days.service.ts'
import {
  roleOfPerson,
  rolesOfRegion,
  siteById,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import {
  acceptedSlotsOfHost,
  givableSlots,
  type Slot,
} from '#server/features/slots/slots.service.ts'
import type { Membership } from '#server/platform/actor.ts'
import { oneClick } from '#server/platform/http/one-click.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { type MySignup, signupRoutes } from '#shared/signup/signup.contract.ts'
import { guestIn } from './signup.policy.ts'
import { mayShadow, signUpRefusal } from './signup.rules.ts'
import * as signup from './signup.service.ts'

/** What cancelling does beyond the sign-up itself; later features free the place it held. */
export type CancelGuest = (
  trx: Trx,
  dayId: string,
  personId: string,
  now: Date,
) => Promise<undefined | Refusal>

export function signupFeature(
  app: FastifyInstance,
  services: Services,
  { cancelGuest = signup.cancelSignup }: { cancelGuest?: CancelGuest } = {},
): void {
  const { config, mailDomain, secret } = services
  const outgoing = { mailDomain, publicUrl: config.publicUrl }

  implement(app, services, signupRoutes.mySignup, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const guest = guestIn(actor, day.regionId)
    return guest ? present(db, day, guest, now) : refuse('forbidden')
  })

  implement(app, services, signupRoutes.submitWishes, async (input) => {
    const { db, actor, params, body, now } = input
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const guest = guestIn(actor, day.regionId)
    if (!guest) return refuse('forbidden')
    const asked = { dayId: day.id, personId: guest.personId, wishes: body.wishes }
    const refusal = await inTransaction(db, (trx) => signup.submitWishes(trx, asked, outgoing, now))
    return refusal ?? present(db, day, guest, now)
  })

  implement(app, services, signupRoutes.cancelSignup, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const guest = guestIn(actor, day.regionId)
    if (!guest) return refuse('forbidden')
    return inTransaction(db, (trx) => cancelGuest(trx, day.id, guest.personId, now))
  })

  implement(app, services, signupRoutes.chooseDayMail, async (input) => {
    const { db, actor, params, body, now } = input
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const guest = guestIn(actor, day.regionId)
    if (!guest) return refuse('forbidden')
    const subject = { regionId: day.regionId, dayId: day.id, personId: guest.personId }
    await inTransaction(db, (trx) => signup.setOptOut(trx, subject, body.optedOut, now))
    return { optedOut: body.optedOut }
  })

  implement(app, services, signupRoutes.optOutLink, async ({ db, params }) => {
    const link = await signup.resolveOptOutLink(db, secret, params.token)
    if (isRefusal(link)) return link
    return { ...link, optedOut: await signup.isOptedOut(db, link.dayId, link.personId) }
  })

  implement(app, services, signupRoutes.optOutByLink, async ({ db, params, body, now }) => {
    const link = await signup.resolveOptOutLink(db, secret, params.token)
    if (isRefusal(link)) return link
    await inTransaction(db, (trx) => signup.setOptOut(trx, link, body.optedOut, now))
    return { ...link, optedOut: body.optedOut }
  })

  oneClick(app, '/desinscription/', async (token) => {
    const link = await signup.resolveOptOutLink(services.db, secret, token)
    if (isRefusal(link)) return link
    await inTransaction(services.db, (trx) =>
      signup.setOptOut(trx, link, true, services.clock.now()),
    )
    return undefined
  })
}

async function present(
  db: Database,
  day: Day,
  guest: Membership,
  now: Date,
): Promise<MySignup | Refusal> {
  const { personId } = guest
  const home = await siteById(db, guest.siteId)
  if (!home) return refuse('not-found')
  const ownRoleId = await roleOfPerson(db, personId)
  const hosting = await acceptedSlotsOfHost(db, day.id, personId)
  const wisher = { personId, siteId: home.id, ownRoleId, hosting }
  const open = (await givableSlots(db, day)).filter((slot) => mayShadow(wisher, slot))
  const mine = await signup.signupOf(db, day.id, personId)
  return {
    day: { ...day, published: day.publishedAt !== null },
    state: stateOf(day, now),
    home: { siteId: home.id, town: home.town },
    ownRoleId,
    hosting,
    roles: await rolesOfRegion(db, day.regionId),
    sites: await sitesOfRegion(db, day.regionId),
    periods: await periodsOfDay(db, day.id),
    offers: offersOf(open),
    wishes: mine?.wishes ?? [],
    status: mine?.status ?? 'none',
    submittedAt: mine?.submittedAt ?? null,
    optedOut: await signup.isOptedOut(db, day.id, personId),
  }
}

function stateOf(day: Day, now: Date): MySignup['state'] {
  if (day.publishedAt && !day.cancelledAt) return 'closed'
  const refusal = signUpRefusal(day, now)
  if (refusal === 'day-cancelled') return 'day-cancelled'
  if (refusal === 'sign-up-not-open') return 'not-open'
  return refusal ? 'closed' : 'open'
}

/** Places by role, site and period: who hosts them stays between the host and their guests. */
function offersOf(slots: Slot[]): MySignup['offers'] {
  const offers = new Map<string, MySignup['offers'][number]>()
  for (const { roleId, siteId, periodId, capacity } of slots) {
    const key = `${roleId} ${siteId} ${periodId}`
    const offer = offers.get(key) ?? { roleId, siteId, periodId, places: 0 }
    offer.places += capacity
    offers.set(key, offer)
  }
  return [...offers.values()]
}
