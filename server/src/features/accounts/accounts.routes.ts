import type { FastifyInstance } from 'fastify'
import { isAdministrator } from '#server/platform/actor.ts'
import { callerHash } from '#server/platform/http/caller.ts'
import { implement } from '#server/platform/http/routing.ts'
import { addJob, type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, refuse } from '#server/platform/refusal.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import { allowAttempt } from '#server/platform/throttle.ts'
import { accountsRoutes, type Me } from '#shared/accounts/accounts.contract.ts'
import { clearSessionCookie, setSessionCookie } from './accounts.cookie.ts'
import * as policy from './accounts.policy.ts'
import {
  exchangesPerCaller,
  linksPerAddress,
  linksPerCaller,
  sessionDays,
} from './accounts.rules.ts'
import * as accounts from './accounts.service.ts'

/** What later features tell this one: it may not import them. */
export interface AccountsNeeds {
  /** Which rows of rosters belong to an account. */
  membershipsOf(db: Database, accountId: string): Promise<Me['memberships']>
  /** Creates a region with everything the features want it to start with. */
  createRegion: typeof accounts.createRegion
}

export function accountsFeature(
  app: FastifyInstance,
  services: Services,
  { membershipsOf, createRegion }: AccountsNeeds,
): void {
  const { config, secret } = services

  async function present(db: Database, accountId: string): Promise<Me> {
    const account = await accounts.accountById(db, accountId)
    if (!account) throw new Error('a session outlived its account')
    return {
      accountId,
      displayName: account.display_name,
      language: account.language,
      grants: await accounts.grantsOf(db, accountId),
      memberships: await membershipsOf(db, accountId),
    }
  }

  implement(app, services, accountsRoutes.requestSignIn, async ({ db, body, now, request }) => {
    const caller = callerHash(secret, request)
    const address = keyedHash(secret, 'address', body.email)
    if (!(await allowAttempt(db, linksPerCaller, caller, now))) return refuse('too-many-requests')
    if (!(await allowAttempt(db, linksPerAddress, address, now))) return refuse('too-many-requests')
    // The account is looked up by a job: the answer comes as fast for a stranger as for anybody.
    // Tried for about as long as somebody waits for it: the address is not kept beyond.
    await addJob(db, 'send-sign-in-link', { email: body.email }, { maxAttempts: 6 })
    return { asked: true as const }
  })

  implement(app, services, accountsRoutes.signIn, async ({ db, body, now, request, reply }) => {
    const caller = callerHash(secret, request)
    if (!(await allowAttempt(db, exchangesPerCaller, caller, now))) {
      return refuse('too-many-requests')
    }
    const outcome = await inTransaction(db, (trx) => accounts.signIn(trx, body.token, now))
    if (isRefusal(outcome)) return outcome
    setSessionCookie(reply, config, outcome.sessionToken, sessionDays)
    return present(db, outcome.accountId)
  })

  implement(app, services, accountsRoutes.me, async ({ db, actor }) =>
    actor ? present(db, actor.accountId) : null,
  )

  implement(app, services, accountsRoutes.chooseLanguage, async ({ db, actor, body }) => {
    await accounts.setLanguage(db, actor.accountId, body.language)
    return present(db, actor.accountId)
  })

  implement(app, services, accountsRoutes.mySessions, async ({ db, actor, now }) => {
    const sessions = await accounts.sessionsOf(db, actor.accountId, now)
    return sessions.map((session) => ({ ...session, current: session.id === actor.sessionId }))
  })

  implement(app, services, accountsRoutes.signOut, async ({ db, actor, params, now, reply }) => {
    const here = params.sessionId === 'current' || params.sessionId === actor.sessionId
    const id = here ? actor.sessionId : params.sessionId
    await accounts.revokeSession(db, actor.accountId, id, now)
    if (here) clearSessionCookie(reply, config)
    return undefined
  })

  implement(app, services, accountsRoutes.regions, ({ db, actor }) => {
    if (isAdministrator(actor)) return accounts.allRegions(db)
    const ids = [...actor.grants, ...actor.memberships].flatMap(({ regionId }) => regionId ?? [])
    return accounts.regionsByIds(db, [...new Set(ids)])
  })

  implement(app, services, accountsRoutes.createRegion, async ({ db, actor, body, now }) => {
    if (!policy.mayCreateRegion(actor)) return refuse('forbidden')
    return inTransaction(db, (trx) => createRegion(trx, body, actor.accountId, now))
  })

  implement(app, services, accountsRoutes.grants, async ({ db, actor, params }) => {
    if (!policy.maySeeGrants(actor, params.regionId)) return refuse('forbidden')
    return accounts.grantsOfRegion(db, params.regionId)
  })

  implement(app, services, accountsRoutes.grant, async ({ db, actor, params, body, now }) => {
    if (!policy.mayGrant(actor, body.kind, params.regionId)) return refuse('forbidden')
    const given = {
      ...body,
      regionId: params.regionId,
      siteId: body.kind === 'coordinator' ? body.siteId : null,
    }
    const outcome = await inTransaction(db, async (trx) => {
      if (!(await accounts.regionById(trx, params.regionId))) return refuse('not-found')
      return accounts.grant(trx, given, actor.accountId, actor.language, now)
    })
    if (isRefusal(outcome)) return outcome
    const grants = await accounts.grantsOfRegion(db, params.regionId)
    return grants.find((row) => row.id === outcome.id) ?? refuse('conflict')
  })

  implement(app, services, accountsRoutes.withdrawGrant, async ({ db, actor, params, now }) => {
    const found = await accounts.grantById(db, params.grantId)
    if (!policy.maySeeGrants(actor, params.regionId)) return refuse('forbidden')
    if (!found || found.region_id !== params.regionId) return refuse('not-found')
    if (!policy.mayGrant(actor, found.kind, params.regionId)) return refuse('forbidden')
    return inTransaction(db, (trx) =>
      accounts.withdrawGrant(trx, params.grantId, params.regionId, actor.accountId, now),
    )
  })
}
