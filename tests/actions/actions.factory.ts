import { linksForMails } from '#server/features/actions/actions.links.ts'
import { ensureInvitees } from '#server/features/days/days.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { type Action, actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import type { RouteCall } from '#shared/contract.ts'
import type { LivedDay } from '../observations/observations.factory.ts'
import type { TestApp } from '../support/app.ts'

type Planned = Partial<RouteCall<typeof routes.create>['body']>

/** An action of the day, made by its director; carried by the bystander unless told. */
export function planned(lived: LivedDay, plan: Planned = {}): Promise<Action> {
  return lived.callers.director.ask(routes.create, {
    params: { dayId: lived.day.id },
    body: {
      title: 'Un seul dossier pour tous les métiers',
      findingIds: [],
      ownerId: lived.bystander.id,
      dueOn: '2027-06-03',
      ...plan,
    },
  })
}

/** The address of an action. */
export const ofOne = ({ dayId, id }: Pick<Action, 'dayId' | 'id'>) => ({ dayId, actionId: id })

/** The token a mail about somebody’s actions carries. */
export async function ownerToken(test: TestApp, lived: LivedDay, personId: string) {
  const invitees = await inTransaction(test.db, (trx) =>
    ensureInvitees(trx, lived.day, [personId], test.clock.now()),
  )
  const inviteeId = invitees.get(personId)!
  const links = await inTransaction(test.db, (trx) =>
    linksForMails(trx, [inviteeId], test.clock.now()),
  )
  const generation = Number(/:(\d+)\}\}$/.exec(links.get(inviteeId)!)![1])
  return deriveToken(test.services.secret, 'actions', inviteeId, generation)
}

/** What the job of every ten minutes does. */
export async function tellOwners(test: TestApp): Promise<void> {
  await addJob(test.db, 'tell-owners', {})
  await test.runJobs()
}
