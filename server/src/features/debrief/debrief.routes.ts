import { randomInt } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { memoryLimiter } from '#server/platform/memory-limiter.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import { seal } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import { sharedReads } from '#server/platform/shared-reads.ts'
import { debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { newBallotKey } from './debrief.ballots.ts'
import * as policy from './debrief.policy.ts'
import * as debriefs from './debrief.service.ts'
import * as views from './debrief.views.ts'
import * as voting from './debrief.voting.ts'

/** Crockford’s base 32: nothing to mistake from the last row. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const newCode = () => Array.from({ length: 6 }, () => alphabet[randomInt(32)]).join('')

/** Somebody who changes their mind, not a machine that keeps the curtain from being closed. */
const changesPerBallot = { limit: 30, windowMinutes: 1 }

export function debriefFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services
  const together = sharedReads()

  /** The day, for those who may run its session. */
  async function runnable(db: Database, actor: Actor, dayId: string): Promise<days.Day | Refusal> {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    return policy.mayRun(actor, day.regionId) ? day : refuse('forbidden')
  }

  /** The session a code leads to, for those of its region. */
  async function lookable(db: Database, actor: Actor, code: string) {
    const debrief = await together(`code ${code}`, () => debriefs.debriefByCode(db, code))
    return debrief && policy.mayLook(actor, debrief.region_id) ? debrief : refuse('not-found')
  }

  implement(app, services, routes.desk, async ({ db, actor, params }) => {
    const day = await runnable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.deskOf(db, day, secret)
  })

  implement(app, services, routes.open, async ({ db, actor, params, body, now }) => {
    const day = await runnable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const by = { day, accountId: actor.accountId }
    const drawn = {
      code: newCode(),
      ballotKey: seal(secret, voting.sealedFor, await newBallotKey()),
    }
    const refused = await inTransaction(db, (trx) =>
      debriefs.openDebrief(trx, by, body.hearts, drawn, now),
    )
    return refused ?? views.deskOf(db, day, secret)
  })

  implement(app, services, routes.deskLive, async ({ db, actor, params }) => {
    const day = await runnable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return { topics: [...roomTopics(day.id), debriefs.urnTopic(day.id)] }
  })

  implement(app, services, routes.step, async ({ db, actor, params, body, now }) => {
    const day = await runnable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const by = { day, accountId: actor.accountId }
    const refused = await inTransaction(db, (trx) => debriefs.goTo(trx, by, body, now))
    return refused ?? views.deskOf(db, day, secret)
  })

  implement(app, services, routes.cards, async ({ db, actor, params, query }) => {
    const day = await runnable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return views.cardsPage(db, day.id, { ...query, shown: query.shown === 'yes' })
  })

  implement(app, services, routes.show, async ({ db, actor, params, body }) => {
    const day = await runnable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return inTransaction(db, (trx) => debriefs.showCards(trx, day.id, body.ids, body.shown))
  })

  implement(app, services, routes.room, async ({ db, actor, params }) => {
    const debrief = await lookable(db, actor, params.code)
    if (isRefusal(debrief)) return debrief
    return together(`room ${params.code}`, async () => {
      // Read again: what `lookable` found may be older than what this read must tell.
      const latest = await debriefs.debriefByCode(db, params.code)
      const day = latest && (await days.dayById(db, latest.day_id))
      return day ? views.roomOf(db, latest, day.name, secret) : refuse('not-found')
    })
  })

  implement(app, services, routes.roomLive, async ({ db, actor, params }) => {
    const debrief = await lookable(db, actor, params.code)
    return isRefusal(debrief) ? debrief : { topics: roomTopics(debrief.day_id) }
  })

  implement(app, services, routes.takeBallot, async ({ db, actor, params, body }) => {
    const debrief = await lookable(db, actor, params.code)
    if (isRefusal(debrief)) return debrief
    const { day_id: dayId, region_id: regionId } = debrief
    const personId = policy.voterIn(actor, regionId)
    if (!personId) return refuse('forbidden')
    return inTransaction(db, (trx) =>
      voting.takeBallot(trx, dayId, { personId, regionId }, body.blinded, secret),
    )
  })

  const mayChange = memoryLimiter(changesPerBallot)

  implement(app, services, routes.castBallot, async ({ db, params, body, now }) => {
    const { code, ballotId } = params
    const debrief = await together(`code ${code}`, () => debriefs.debriefByCode(db, code))
    if (!debrief) return refuse('not-found')
    const ballot = { id: ballotId, ...body }
    const refused = voting.refusedBallot(debrief, ballot, secret)
    if (refused) return refused
    if (!mayChange.count(ballotId, now)) return refuse('too-many-requests')
    return inTransaction(db, (trx) => voting.castBallot(trx, debrief.day_id, ballot))
  })
}

const roomTopics = (dayId: string) => [debriefs.roomTopic(dayId), `findings:${dayId}` as const]
