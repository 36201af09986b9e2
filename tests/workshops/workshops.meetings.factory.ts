import type { Person } from '#server/features/roster/roster.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { tellWorkshop } from '#server/use-cases/workshop-meetings.ts'
import {
  workshopOffersRoutes as routes,
  type SessionInput,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { deliver, invitationsTo } from '../invitations/invitations.factory.ts'
import type { TestApp } from '../support/app.ts'
import { seated, sessionInput, type WorkshopScene, workshopScene } from './workshops.factory.ts'

export interface LivedWorkshop {
  scene: WorkshopScene
  workshop: Workshop
}

/** A workshop of two sessions with two seats each, published: Alice and Bruno sit in the first. */
export async function livedWorkshop(
  test: TestApp,
  names: readonly string[] = ['Alice', 'Bruno', 'Chloé'],
  choices: readonly number[][] = [[0], [0], [1]],
): Promise<LivedWorkshop> {
  const scene = await workshopScene(test, names)
  const workshop = await seated(test, scene, undefined, choices)
  await deliver(test)
  return { scene, workshop }
}

/** Looks once more at how a workshop stands, as every change ends by doing. */
export const tellAgain = (test: TestApp, workshopId: string) =>
  inTransaction(test.db, (trx) =>
    tellWorkshop(trx, workshopId, test.clock.now(), repairSetting(test.services)),
  )

/** `REQUEST 0`, `CANCEL 1`: what somebody’s calendar was told, in order. */
export async function toldTo(test: TestApp, { email }: Pick<Person, 'email'>): Promise<string[]> {
  const mails = await invitationsTo(test, email)
  return mails.map(({ method, sequence }) => `${method} ${sequence}`)
}

/** Subjects of the mails that went to somebody besides calendars, oldest first, spaces evened out. */
export async function lettersTo(test: TestApp, address: string): Promise<string[]> {
  const mails = await test.mailbox.listMails({ to: address })
  return mails
    .filter(({ calendarMethod }) => !calendarMethod)
    .map(({ subject }) => subject.replace(/\s/g, ' '))
    .reverse()
}

/** Changes a session of a published workshop, as its director does. */
export async function changeSession(
  { scene, workshop }: LivedWorkshop,
  at: number,
  given: Partial<SessionInput>,
): Promise<void> {
  const params = { workshopId: workshop.id }
  const { sessions } = await scene.director.ask(routes.workshop, { params })
  const session = sessions.find(({ id }) => id === workshop.sessions[at]!.id)!
  const { id: sessionId, version } = session
  await scene.director.ask(routes.changeSession, {
    params: { sessionId },
    body: { ...sessionInput(scene, { date: session.date }), ...given, version },
  })
}

/** Cancels a session, as its director does. */
export async function cancelSession({ scene, workshop }: LivedWorkshop, at: number) {
  const params = { workshopId: workshop.id }
  const { sessions } = await scene.director.ask(routes.workshop, { params })
  const { id: sessionId, version } = sessions.find(({ id }) => id === workshop.sessions[at]!.id)!
  return scene.director.ask(routes.cancelSession, { params: { sessionId }, body: { version } })
}
