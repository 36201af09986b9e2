import { accountsRoutes } from './accounts/accounts.contract.ts'
import type { RouteContract } from './contract.ts'
import { irritantsRoutes } from './days/days.irritants.contract.ts'
import { observationsRoutes } from './observations/observations.contract.ts'
import { rosterRoutes } from './roster/roster.contract.ts'
import { signupRoutes } from './signup/signup.contract.ts'

/** Every route of the API: what the policy matrix walks through. */
export const allRoutes: Record<string, RouteContract> = {
  ...accountsRoutes,
  ...rosterRoutes,
  ...irritantsRoutes,
  ...signupRoutes,
  ...observationsRoutes,
}
