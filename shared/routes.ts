import { accountsRoutes } from './accounts/accounts.contract.ts'
import { confirmationsRoutes } from './confirmations/confirmations.contract.ts'
import type { RouteContract } from './contract.ts'
import { daysRoutes } from './days/days.contract.ts'
import { irritantsRoutes } from './days/days.irritants.contract.ts'
import { invitationsRoutes } from './invitations/invitations.contract.ts'
import { matchingRoutes } from './matching/matching.contract.ts'
import { observationsRoutes } from './observations/observations.contract.ts'
import { rosterRoutes } from './roster/roster.contract.ts'
import { signupRoutes } from './signup/signup.contract.ts'
import { slotsRoutes } from './slots/slots.contract.ts'

/** Every route of the API: what the policy matrix walks through. */
export const allRoutes: Record<string, RouteContract> = {
  ...accountsRoutes,
  ...rosterRoutes,
  ...irritantsRoutes,
  ...daysRoutes,
  ...slotsRoutes,
  ...signupRoutes,
  ...matchingRoutes,
  ...confirmationsRoutes,
  ...invitationsRoutes,
  ...observationsRoutes,
}
