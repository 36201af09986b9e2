import type { FastifyInstance } from 'fastify'
import { regionById } from '#server/features/accounts/accounts.service.ts'
import { dateOf } from '#server/features/days/days.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Reader } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { programmesRoutes as routes } from '#shared/programmes/programmes.contract.ts'
import * as members from './programmes.members.queries.ts'
import { mayRunProgrammes } from './programmes.policy.ts'
import { mailPreview } from './programmes.preview.ts'
import type { ProgrammeRow } from './programmes.queries.ts'
import * as programmes from './programmes.service.ts'
import * as views from './programmes.views.ts'

export function programmesFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.programmes, async ({ db, actor, params, now }) => {
    if (!mayRunProgrammes(actor, params.regionId)) return refuse('forbidden')
    return views.programmesOf(db, params.regionId, now)
  })

  implement(app, services, routes.create, async ({ db, actor, params, body, now }) => {
    const { regionId } = params
    if (!mayRunProgrammes(actor, regionId)) return refuse('forbidden')
    const decider = await deciding(db, actor, regionId, now)
    const id = await inTransaction(db, (trx) =>
      programmes.createProgramme(trx, regionId, body, decider),
    )
    return isRefusal(id) ? id : views.programmeView(db, id, now)
  })

  implement(app, services, routes.programme, async ({ db, actor, params, now }) => {
    const programme = await run(db, actor, params.programmeId)
    return isRefusal(programme) ? programme : views.programmeView(db, programme.id, now)
  })

  implement(app, services, routes.change, async ({ db, actor, params, body, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    const { version, ...input } = body
    const at = { id: programme.id, seen: version }
    const decider = await deciding(db, actor, programme.regionId, now)
    const refused = await inTransaction(db, (trx) =>
      programmes.changeProgramme(trx, at, input, decider),
    )
    return refused ?? views.programmeView(db, programme.id, now)
  })

  implement(app, services, routes.remove, async ({ db, actor, params, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    const decider = await deciding(db, actor, programme.regionId, now)
    return inTransaction(db, (trx) => programmes.removeProgramme(trx, programme.id, decider))
  })

  implement(app, services, routes.otherDates, async ({ db, actor, params, body, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    return views.stepsWithDates(db, programme.id, body, now)
  })

  implement(app, services, routes.mail, async ({ db, actor, params, query }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    return mailPreview(db, programme, params.position, query.kind, query.language)
  })

  implement(app, services, routes.launch, async ({ db, actor, params, body, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    const { id, regionId } = programme
    const decider = await deciding(db, actor, regionId, now)
    const asked = { id, seen: body.version, people: body.people }
    const refused = await inTransaction(db, (trx) =>
      programmes.launchProgramme(trx, asked, decider),
    )
    return refused ?? views.programmeView(db, id, now)
  })

  implement(app, services, routes.end, async ({ db, actor, params, body, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    const { id, regionId } = programme
    const decider = await deciding(db, actor, regionId, now)
    const at = { id, seen: body.version }
    const refused = await inTransaction(db, (trx) => programmes.endProgramme(trx, at, decider))
    return refused ?? views.programmeView(db, id, now)
  })

  pauseRoutes(app, services)
}

/** Pausing and going on, for everybody or for one person, and one person’s links. */
function pauseRoutes(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.pause, async ({ db, actor, params, body, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    const everybody = { programmeId: programme.id, memberId: null, own: false }
    const decider = await deciding(db, actor, programme.regionId, now)
    const refused = await inTransaction(db, (trx) =>
      programmes.pauseProgramme(trx, everybody, body, decider),
    )
    return refused ?? views.programmeView(db, programme.id, now)
  })

  implement(app, services, routes.resume, async ({ db, actor, params, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    const everybody = { programmeId: programme.id, memberId: null, own: false }
    const decider = await deciding(db, actor, programme.regionId, now)
    const refused = await inTransaction(db, (trx) =>
      programmes.resumeProgramme(trx, everybody, decider),
    )
    return refused ?? views.programmeView(db, programme.id, now)
  })

  implement(app, services, routes.people, async ({ db, actor, params, query, now }) => {
    const programme = await run(db, actor, params.programmeId)
    if (isRefusal(programme)) return programme
    return views.findMembers(db, programme, query.search, now)
  })

  implement(app, services, routes.pausePerson, async ({ db, actor, params, body, now }) => {
    const subject = await member(db, actor, params)
    if (isRefusal(subject)) return subject
    const decider = await deciding(db, actor, subject.regionId, now)
    return inTransaction(db, (trx) => programmes.pauseProgramme(trx, subject, body, decider))
  })

  implement(app, services, routes.resumePerson, async ({ db, actor, params, now }) => {
    const subject = await member(db, actor, params)
    if (isRefusal(subject)) return subject
    const decider = await deciding(db, actor, subject.regionId, now)
    return inTransaction(db, (trx) => programmes.resumeProgramme(trx, subject, decider))
  })

  implement(app, services, routes.renewPerson, async ({ db, actor, params, now }) => {
    const subject = await member(db, actor, params)
    if (isRefusal(subject)) return subject
    const decider = await deciding(db, actor, subject.regionId, now)
    return inTransaction(db, (trx) => programmes.takeLinksBack(trx, subject, decider))
  })
}

/** The programme, for who may run it. */
async function run(db: Database, actor: Actor, id: string): Promise<ProgrammeRow | Refusal> {
  const programme = await programmes.programmeById(db, id)
  if (!programme) return refuse('not-found')
  return mayRunProgrammes(actor, programme.regionId) ? programme : refuse('forbidden')
}

async function member(
  db: Database,
  actor: Actor,
  { programmeId, personId }: { programmeId: string; personId: string },
) {
  const programme = await run(db, actor, programmeId)
  if (isRefusal(programme)) return programme
  const found = await members.memberOfPerson(db, programmeId, personId)
  return found
    ? { programmeId, memberId: found.id, own: false, regionId: programme.regionId }
    : refuse('not-found')
}

async function deciding(db: Reader, actor: Actor, regionId: string, now: Date) {
  const region = await regionById(db, regionId)
  return { by: actor.accountId, now, today: dateOf(now, region?.timeZone ?? 'UTC') }
}
