import { DateTime } from 'luxon'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import { invitedOf, sessionsOf } from '#server/features/workshops/workshops.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { workshopLinksRoutes } from '#shared/workshops/workshops.links.contract.ts'
import {
  workshopOffersRoutes as routes,
  type SessionInput,
  type Workshop,
  type WorkshopInput,
} from '#shared/workshops/workshops.offers.contract.ts'
import { type MadeRegion, makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import type { Caller, TestApp } from '../support/app.ts'

/** A region with two sites an hour apart, who leads, and who is asked. */
export interface WorkshopScene {
  region: MadeRegion
  director: Caller
  dax: Site
  pau: Site
  facilitator: Person
  people: Person[]
}

/** @param firstNames who is asked: the first half works in Dax, the rest in Pau. */
export async function workshopScene(
  test: TestApp,
  firstNames: readonly string[] = ['Alice', 'Bruno', 'Chloé', 'Driss'],
): Promise<WorkshopScene> {
  const { db, clock } = test
  const now = clock.now()
  const region = await makeRegion(db, now)
  const { regionId } = region
  const dax = await makeSite(db, now, regionId)
  const pau = await makeSite(db, now, regionId, { town: 'Pau', latitude: 43.3, longitude: -0.37 })
  const people: Person[] = []
  for (const [index, firstName] of firstNames.entries()) {
    const site = index < firstNames.length / 2 ? dax : pau
    people.push(await makePerson(db, now, site, { firstName, role: 'shop_seller' }))
  }
  const facilitator = await makePerson(db, now, dax, { firstName: 'Fanny' })
  return {
    region,
    director: await test.signedIn(region.director),
    dax,
    pau,
    facilitator,
    people,
  }
}

/** An hour in Dax in a fortnight, with two seats, unless told otherwise. */
export const sessionInput = (
  { dax, facilitator }: Pick<WorkshopScene, 'dax' | 'facilitator'>,
  given: Partial<SessionInput> = {},
): SessionInput => ({
  siteId: dax.id,
  place: 'Salle bleue',
  facilitatorId: facilitator.id,
  seats: 2,
  date: '2027-03-16',
  startsAt: '10:00',
  endsAt: '11:00',
  language: 'fr',
  ...given,
})

/** A workshop being prepared, for the frontline staff of the scene. */
export function prepared(
  { director, region, ...scene }: WorkshopScene,
  sessions: Partial<SessionInput>[] = [{}, { date: '2027-03-17' }],
  given: Partial<WorkshopInput> = {},
): Promise<Workshop> {
  return director.ask(routes.createWorkshop, {
    params: { regionId: region.regionId },
    body: {
      course: 'half-full-glass',
      title: 'Le verre à moitié plein',
      audience: { who: 'frontline', roleIds: [], siteIds: [] },
      sessions: sessions.map((session) => sessionInput(scene, session)),
      ...given,
    },
  })
}

/** The same once everybody was asked. */
export async function proposed(
  scene: WorkshopScene,
  sessions?: Partial<SessionInput>[],
): Promise<Workshop> {
  const { id: workshopId, version, people } = await prepared(scene, sessions)
  return scene.director.ask(routes.propose, {
    params: { workshopId },
    body: { version, people, chooseUntil: '2027-03-08' },
  })
}

/** Publishes what the preview shows now. */
export async function publish(
  { director }: Pick<WorkshopScene, 'director'>,
  workshopId: string,
  silent: 'leave' | 'seat' = 'leave',
): Promise<Workshop> {
  const params = { workshopId }
  const { version } = await director.ask(routes.workshop, { params })
  const { fingerprint } = await director.ask(routes.seating, { params, query: { silent } })
  return director.ask(routes.publishSeating, { params, body: { version, fingerprint, silent } })
}

/** A workshop whose seats are published, after everybody chose the first session but for `choices`. */
export async function seated(
  test: TestApp,
  scene: WorkshopScene,
  sessions?: Partial<SessionInput>[],
  choices: readonly number[][] = scene.people.map(() => [0]),
): Promise<Workshop> {
  const workshop = await proposed(scene, sessions)
  for (const [index, person] of scene.people.entries()) {
    const chosen = (choices[index] ?? []).map((at) => workshop.sessions[at]!.id)
    if (chosen.length === 0) continue
    await test.nobody.ask(workshopLinksRoutes.chooseSessions, {
      params: { token: await tokenOf(test, workshop.id, person) },
      body: { choices: chosen, declined: false },
    })
  }
  return publish(scene, workshop.id)
}

/** What stands in the mails of somebody who was asked. */
export async function tokenOf(
  { db, services }: Pick<TestApp, 'db' | 'services'>,
  workshopId: string,
  { id: personId }: Pick<Person, 'id'>,
): Promise<string> {
  const invited = await invitedOf(db, workshopId, personId)
  if (!invited) throw new Error('nobody who was asked')
  return deriveToken(services.secret, 'workshop', invited.id, invited.linkGeneration)
}

/** What a facilitator’s invitation and the picture in the room hold, of the first session or another. */
export async function sessionTokens(
  { db, services }: Pick<TestApp, 'db' | 'services'>,
  workshopId: string,
  at = 0,
): Promise<{ facilitator: string; room: string }> {
  const { id, linkGeneration } = (await sessionsOf(db, workshopId))[at]!
  const derive = (kind: string) => deriveToken(services.secret, kind, id, linkGeneration)
  return { facilitator: derive('facilitator'), room: derive('workshop-room') }
}

/**
 * A workshop for everybody of a region that has a site and a director already, its seats published: one
 * session begins in half an hour, with `sitter` in it, one is to come.
 */
export async function runningWorkshop(
  test: TestApp,
  given: { regionId: string; director: Caller; site: Site; facilitator: Person; sitter: Person },
) {
  const { regionId, director, site, facilitator, sitter } = given
  const local = DateTime.fromJSDate(test.clock.now(), { zone: 'Europe/Paris' })
  const hours = (from: DateTime) => ({
    date: from.toISODate()!,
    startsAt: from.toFormat('HH:mm'),
    endsAt: from.plus({ hours: 1 }).toFormat('HH:mm'),
  })
  const soon = hours(local.plus({ minutes: 30 }))
  const later = hours(local.plus({ days: 7 }))
  const input = (when: object) =>
    sessionInput({ dax: site, facilitator }, { seats: 20, ...soon, ...when })
  const { id: workshopId } = await director.ask(routes.createWorkshop, {
    params: { regionId },
    body: {
      course: 'half-full-glass',
      title: 'Le verre à moitié plein',
      audience: { who: 'everybody', siteIds: [] },
      sessions: [input({}), input(later)],
    },
  })
  const { sessions } = await publish({ director }, workshopId)
  const sessionId = sessions[0]!.id
  await director.ask(routes.movePerson, {
    params: { workshopId, personId: sitter.id },
    body: { sessionId },
  })
  const { facilitator: facilitatorToken, room: roomToken } = await sessionTokens(test, workshopId)
  const workshopToken = await tokenOf(test, workshopId, sitter)
  return { workshopId, sessionId, workshopToken, facilitatorToken, roomToken }
}
