import { accountsRoutes } from './accounts/accounts.contract.ts'
import { changesRoutes } from './actions/actions.changes.contract.ts'
import { actionsRoutes } from './actions/actions.contract.ts'
import { returningRoutes } from './actions/actions.returning.contract.ts'
import { answersRoutes } from './answers/answers.contract.ts'
import { arrivalsRoutes } from './attendance/attendance.arrivals.contract.ts'
import { sheetRoutes } from './attendance/attendance.sheet.contract.ts'
import { confirmationsRoutes } from './confirmations/confirmations.contract.ts'
import type { RouteContract } from './contract.ts'
import { daysRoutes } from './days/days.contract.ts'
import { irritantsRoutes } from './days/days.irritants.contract.ts'
import { debriefRoutes } from './debrief/debrief.contract.ts'
import { findingsRoutes } from './findings/findings.contract.ts'
import { handoversRoutes } from './handovers/handovers.contract.ts'
import { homeRoutes } from './home/home.contract.ts'
import { mailAnswersRoutes } from './invitations/invitations.answers.contract.ts'
import { boardRoutes } from './invitations/invitations.board.contract.ts'
import { invitationsRoutes } from './invitations/invitations.contract.ts'
import { feedRoutes } from './invitations/invitations.feed.contract.ts'
import { kitsRoutes } from './kits/kits.contract.ts'
import { matchingRoutes } from './matching/matching.contract.ts'
import { observationsRoutes } from './observations/observations.contract.ts'
import { picturesRoutes } from './observations/observations.pictures.contract.ts'
import { programmesRoutes } from './programmes/programmes.contract.ts'
import { programmeLinksRoutes } from './programmes/programmes.links.contract.ts'
import { recordsRoutes } from './records/records.contract.ts'
import { remindersRoutes } from './reminders/reminders.contract.ts'
import { reportsRoutes } from './reports/reports.contract.ts'
import { rosterRoutes } from './roster/roster.contract.ts'
import { signupRoutes } from './signup/signup.contract.ts'
import { slotsRoutes } from './slots/slots.contract.ts'
import { thanksRoutes } from './thanks/thanks.contract.ts'
import { waitingRoutes } from './waiting/waiting.contract.ts'
import { workshopsRoutes } from './workshops/workshops.contract.ts'
import { facilitatorRoutes } from './workshops/workshops.facilitator.contract.ts'
import { workshopLinksRoutes } from './workshops/workshops.links.contract.ts'
import { workshopOffersRoutes } from './workshops/workshops.offers.contract.ts'

const routesByFeature: Record<string, Record<string, RouteContract>> = {
  accounts: accountsRoutes,
  roster: rosterRoutes,
  irritants: irritantsRoutes,
  days: daysRoutes,
  slots: slotsRoutes,
  signup: signupRoutes,
  matching: matchingRoutes,
  waiting: waitingRoutes,
  confirmations: confirmationsRoutes,
  handovers: handoversRoutes,
  invitations: invitationsRoutes,
  board: boardRoutes,
  mailAnswers: mailAnswersRoutes,
  feed: feedRoutes,
  kits: kitsRoutes,
  sheet: sheetRoutes,
  arrivals: arrivalsRoutes,
  observations: observationsRoutes,
  pictures: picturesRoutes,
  thanks: thanksRoutes,
  findings: findingsRoutes,
  debrief: debriefRoutes,
  actions: actionsRoutes,
  reports: reportsRoutes,
  reminders: remindersRoutes,
  records: recordsRoutes,
  workshops: workshopsRoutes,
  workshopOffers: workshopOffersRoutes,
  workshopLinks: workshopLinksRoutes,
  facilitator: facilitatorRoutes,
  programmes: programmesRoutes,
  programmeLinks: programmeLinksRoutes,
  answers: answersRoutes,
  returning: returningRoutes,
  changes: changesRoutes,
  home: homeRoutes,
}

/** Every route of the API as `feature.name`: what OpenAPI and the policy matrix walk through. */
export const allRoutes: Record<string, RouteContract> = Object.fromEntries(
  Object.entries(routesByFeature).flatMap(([feature, routes]) =>
    Object.entries(routes).map(([name, contract]) => [`${feature}.${name}`, contract] as const),
  ),
)
