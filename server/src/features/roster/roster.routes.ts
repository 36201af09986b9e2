import type { FastifyInstance } from 'fastify'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { type CommittedImport, type Leaving, rosterRoutes } from '#shared/roster/roster.contract.ts'
import * as imports from './roster.imports.ts'
import * as policy from './roster.policy.ts'
import { writeReport } from './roster.report.ts'
import * as roster from './roster.service.ts'
import { reportTexts } from './roster.texts.ts'
import * as titles from './roster.titles.ts'
import { absentRows, draftView, dryRunView, verdictRows, worded } from './roster.views.ts'

/** What a file, or a leaving, also does to days already published: use cases. */
export interface RosterCases {
  importRoster: (
    trx: Trx,
    regionId: string,
    importId: string,
    fingerprint: string,
    by: string,
    now: Date,
  ) => Promise<CommittedImport | Refusal>
  previewLeaving: (db: Database, regionId: string, numbers: string[], now: Date) => Promise<Leaving>
  leaveRegion: (
    trx: Trx,
    regionId: string,
    numbers: string[],
    by: string,
    now: Date,
  ) => Promise<Leaving>
}

export function rosterFeature(app: FastifyInstance, services: Services, cases: RosterCases): void {
  importRoutes(app, services, cases)
  listRoutes(app, services)
  leavingRoutes(app, services, cases)
}

function importRoutes(app: FastifyInstance, services: Services, cases: RosterCases): void {
  const { upload, draft, correct, dryRun, verdicts, absent, report } = rosterRoutes
  const mayNot = (actor: Actor, regionId: string) => !policy.mayKeepRoster(actor, regionId)

  implement(app, services, upload, async ({ db, actor, params, query, body, now, language }) => {
    const { regionId } = params
    if (mayNot(actor, regionId)) return refuse('forbidden')
    const file = { ...query, regionId, bytes: body }
    const started = await inTransaction(db, async (trx) =>
      (await roster.regionExists(trx, regionId))
        ? imports.startImport(trx, file, actor.accountId, now)
        : refuse('not-found'),
    )
    if (isRefusal(started)) return started
    const made = await imports.draftOf(db, regionId, started.id)
    return isRefusal(made) ? made : draftView(made, language)
  })

  implement(app, services, rosterRoutes.imports, async ({ db, actor, params }) => {
    if (mayNot(actor, params.regionId)) return refuse('forbidden')
    return imports.importsOfRegion(db, params.regionId)
  })

  implement(app, services, draft, async ({ db, actor, params, language }) => {
    if (mayNot(actor, params.regionId)) return refuse('forbidden')
    const found = await imports.draftOf(db, params.regionId, params.importId)
    return isRefusal(found) ? found : draftView(found, language)
  })

  implement(app, services, correct, async ({ db, actor, params, body, now, language }) => {
    const { regionId, importId } = params
    if (mayNot(actor, regionId)) return refuse('forbidden')
    const refusal = await inTransaction(db, (trx) =>
      imports.correctImport(trx, regionId, importId, body, now),
    )
    if (refusal) return worded(refusal, language)
    const found = await imports.draftOf(db, regionId, importId)
    return isRefusal(found) ? found : draftView(found, language)
  })

  implement(app, services, dryRun, async ({ db, actor, params, language }) => {
    if (mayNot(actor, params.regionId)) return refuse('forbidden')
    const judged = await imports.dryRun(db, params.regionId, params.importId)
    if (isRefusal(judged)) return worded(judged, language)
    return dryRunView(judged, await roster.rolesOfRegion(db, params.regionId), language)
  })

  implement(app, services, verdicts, async ({ db, actor, params, query, language }) => {
    if (mayNot(actor, params.regionId)) return refuse('forbidden')
    const judged = await imports.dryRun(db, params.regionId, params.importId)
    return isRefusal(judged) ? worded(judged, language) : verdictRows(judged, query, language)
  })

  implement(app, services, absent, async ({ db, actor, params, query, language }) => {
    if (mayNot(actor, params.regionId)) return refuse('forbidden')
    const judged = await imports.dryRun(db, params.regionId, params.importId)
    if (isRefusal(judged)) return worded(judged, language)
    return absentRows(judged, query.after, query.limit)
  })

  implement(app, services, report, async ({ db, actor, params, language }) => {
    if (mayNot(actor, params.regionId)) return refuse('forbidden')
    const judged = await imports.dryRun(db, params.regionId, params.importId)
    if (isRefusal(judged)) return worded(judged, language)
    return {
      fileName: `${reportTexts[language].fileNames[judged.kind]}.csv`,
      contentType: 'text/csv; charset=utf-8',
      bytes: writeReport(judged, ({ key }) => key, language),
    }
  })

  implement(app, services, rosterRoutes.commit, async (input) => {
    const { db, actor, params, body, now, language } = input
    const { regionId, importId } = params
    if (mayNot(actor, regionId)) return refuse('forbidden')
    const outcome = await inTransaction(db, (trx) =>
      cases.importRoster(trx, regionId, importId, body.fingerprint, actor.accountId, now),
    )
    return isRefusal(outcome) ? worded(outcome, language) : outcome
  })

  implement(app, services, rosterRoutes.abandon, async ({ db, actor, params }) => {
    const { regionId, importId } = params
    if (mayNot(actor, regionId)) return refuse('forbidden')
    return inTransaction(db, (trx) => imports.abandonImport(trx, regionId, importId))
  })
}

function listRoutes(app: FastifyInstance, services: Services): void {
  implement(app, services, rosterRoutes.sites, async ({ db, actor, params }) => {
    if (!policy.maySeePlaces(actor, params.regionId)) return refuse('forbidden')
    return roster.sitesOfRegion(db, params.regionId)
  })

  implement(app, services, rosterRoutes.roles, async ({ db, actor, params }) => {
    if (!policy.maySeePlaces(actor, params.regionId)) return refuse('forbidden')
    return roster.rolesOfRegion(db, params.regionId)
  })

  implement(app, services, rosterRoutes.people, async ({ db, actor, params, query }) => {
    const { regionId } = params
    if (!policy.mayListPeople(actor, regionId)) return refuse('forbidden')
    const visible = policy.visibleSites(actor, regionId)
    return roster.findPeople(db, regionId, { ...query, visible })
  })

  implement(app, services, rosterRoutes.jobTitles, async ({ db, actor, params }) => {
    if (!policy.mayKeepRoster(actor, params.regionId)) return refuse('forbidden')
    return titles.jobTitlesInUse(db, params.regionId)
  })

  implement(app, services, rosterRoutes.setJobTitles, async (input) => {
    const { db, actor, params, body, now } = input
    if (!policy.mayKeepRoster(actor, params.regionId)) return refuse('forbidden')
    const refusal = await inTransaction(db, (trx) =>
      titles.decideJobTitles(trx, params.regionId, body.titles, actor.accountId, now),
    )
    return refusal ?? titles.jobTitlesInUse(db, params.regionId)
  })
}

function leavingRoutes(app: FastifyInstance, services: Services, cases: RosterCases): void {
  implement(app, services, rosterRoutes.previewLeaving, async (input) => {
    const { db, actor, params, body, now } = input
    if (!policy.mayEndPeople(actor, params.regionId)) return refuse('forbidden')
    return cases.previewLeaving(db, params.regionId, body.employeeNumbers, now)
  })

  implement(app, services, rosterRoutes.leave, async ({ db, actor, params, body, now }) => {
    const { regionId } = params
    if (!policy.mayEndPeople(actor, regionId)) return refuse('forbidden')
    return inTransaction(db, (trx) =>
      cases.leaveRegion(trx, regionId, body.employeeNumbers, actor.accountId, now),
    )
  })
}
