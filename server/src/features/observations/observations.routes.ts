import { randomInt } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { networkOf } from '#server/platform/http/caller.ts'
import { implement } from '#server/platform/http/routing.ts'
import { memoryLimiter, refusalLimiter } from '#server/platform/memory-limiter.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { picturesRoutes } from '#shared/observations/observations.pictures.contract.ts'
import * as anonymous from './observations.anonymous.ts'
import { linkHolder } from './observations.links.ts'
import * as pictures from './observations.pictures.ts'
import * as policy from './observations.policy.ts'
import * as observations from './observations.service.ts'

/** A whole region behind the one address of its company, all pressing in the same minute. */
const sendingsPerAddress = { limit: 3_000, windowMinutes: 1 }

export function observationsFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services

  /** The day and what the actor lives in it; a day of another region does not exist for them. */
  async function takingPart(db: Database, actor: Actor, dayId: string) {
    const day = await days.dayById(db, dayId)
    const personId = day && policy.observerIn(actor, day.regionId)
    if (!day) return refuse('not-found')
    if (!personId) return refuse('not-taking-part')
    const own = await observations.participationsOfPerson(db, dayId, personId)
    return { day, personId, own }
  }

  /** The day, for those who may read everything that was seen in it. */
  async function readable(db: Database, actor: Actor, dayId: string): Promise<days.Day | Refusal> {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    return policy.mayReadObservations(actor, day.regionId) ? day : refuse('forbidden')
  }

  implement(app, services, observationsRoutes.observing, async ({ db, actor, params, now }) => {
    const found = await takingPart(db, actor, params.dayId)
    if (isRefusal(found)) return found
    if (!policy.mayObserve(found.own)) return refuse('not-taking-part')
    return observations.observing(db, found.day, found.own, secret, now)
  })

  for (const [kind, contract] of [
    ['slot', observationsRoutes.observingBySlotLink],
    ['placement', observationsRoutes.observingByPlacementLink],
  ] as const) {
    implement(app, services, contract, async ({ db, params, now }) => {
      const holder = await linkHolder(db, secret, kind, params.token)
      if (isRefusal(holder)) return holder
      const day = await days.dayById(db, holder.dayId)
      if (!day) return refuse('not-found')
      const own = await observations.participationsOfPerson(db, day.id, holder.personId)
      if (!policy.mayObserve(own)) return refuse('not-taking-part')
      return observations.observing(db, day, own, secret, now)
    })
  }

  implement(app, services, observationsRoutes.myObservations, async ({ db, actor, params }) => {
    // Somebody whose placement ended keeps seeing what they wrote.
    const found = await takingPart(db, actor, params.dayId)
    if (isRefusal(found)) return found
    return observations.observationsOf(db, params.dayId, found.personId)
  })

  implement(app, services, observationsRoutes.putObservation, async (input) => {
    const { db, actor, params, body, now } = input
    const found = await takingPart(db, actor, params.dayId)
    if (isRefusal(found)) return found
    if (!policy.mayObserve(found.own)) return refuse('not-taking-part')
    return inTransaction(db, (trx) =>
      observations.putNamed(trx, found.day, found.own, params.observationId, body, now),
    )
  })

  implement(app, services, observationsRoutes.withdrawObservation, async (input) => {
    const { db, actor, params } = input
    const found = await takingPart(db, actor, params.dayId)
    if (isRefusal(found)) return found
    return inTransaction(db, (trx) =>
      observations.withdrawNamed(trx, params.dayId, found.personId, params.observationId),
    )
  })

  const maySend = memoryLimiter(sendingsPerAddress)
  const withSecret = refusalLimiter(anonymous.wrongSecretsPerAddress)

  implement(
    app,
    services,
    observationsRoutes.sendAnonymously,
    async ({ db, body, now, request }) => {
      const dayId = await anonymous.dayOfCredential(db, body.credential, secret)
      if (isRefusal(dayId)) return dayId
      if (!maySend.count(networkOf(request.ip), now)) return refuse('too-many-requests')
      return inTransaction(db, (trx) => anonymous.receive(trx, dayId, body, now, randomInt))
    },
  )

  implement(app, services, observationsRoutes.followAnonymously, async (input) => {
    const { db, body, now, request } = input
    return withSecret(networkOf(request.ip), now, () => anonymous.follow(db, body.id, body.secret))
  })

  implement(app, services, observationsRoutes.withdrawAnonymously, async (input) => {
    const { db, body, now, request } = input
    return withSecret(networkOf(request.ip), now, () =>
      inTransaction(db, (trx) => anonymous.withdraw(trx, body.id, body.secret)),
    )
  })

  implement(app, services, observationsRoutes.renewCredential, async (input) => {
    const { db, actor, params, now } = input
    const day = await readable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return inTransaction(db, (trx) => observations.renewCredential(trx, day, actor.accountId, now))
  })

  implement(app, services, picturesRoutes.pictures, async ({ db, actor, params }) => {
    const day = await readable(db, actor, params.dayId)
    return isRefusal(day) ? day : pictures.picturesOf(db, day)
  })

  implement(app, services, picturesRoutes.verbatims, async ({ db, actor, params, query }) => {
    const day = await readable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const { after, ...part } = query
    return pictures.verbatimsOf(db, day.id, part, after)
  })
}
