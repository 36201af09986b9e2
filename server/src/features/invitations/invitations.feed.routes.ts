import type { FastifyInstance } from 'fastify'
import { renewFeed } from '#server/features/accounts/accounts.service.ts'
import {
  meetingOfPlacement,
  meetingOfSlot,
  resolvePlacementLink,
} from '#server/features/confirmations/confirmations.service.ts'
import { placementById } from '#server/features/matching/matching.service.ts'
import { resolveSlotLink, slotById } from '#server/features/slots/slots.service.ts'
import { sendRefusal } from '#server/platform/http/problems.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { feedRoutes as routes } from '#shared/invitations/invitations.feed.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { accountOfFeed, feedAddress, feedOf, feedPath, meetingFile } from './invitations.feed.ts'
import * as policy from './invitations.policy.ts'

export function feedFeature(app: FastifyInstance, services: Services): void {
  const { db, secret, config } = services

  implement(app, services, routes.myFeed, async ({ db, actor }) => {
    const url = await feedAddress(db, secret, config.publicUrl, actor.accountId)
    return url ? { url } : refuse('not-found')
  })

  implement(app, services, routes.renewFeed, async ({ db, actor }) => {
    await inTransaction(db, (trx) => renewFeed(trx, actor.accountId))
    const url = await feedAddress(db, secret, config.publicUrl, actor.accountId)
    return url ? { url } : refuse('not-found')
  })

  async function download(
    { db, now, language }: { db: Database; now: Date; language: Language },
    meeting: Meeting | undefined,
  ) {
    if (!meeting) return refuse('not-found')
    if (meeting.state === 'too-early') return refuse('not-published')
    if (meeting.state === 'day-cancelled') return refuse('day-cancelled')
    if (meeting.state === 'over') return refuse('day-over')
    if (meeting.state === 'ended') {
      return refuse(meeting.kind === 'slot' ? 'slot-closed' : 'placement-ended')
    }
    return {
      fileName: '10-de-coeur.ics',
      contentType: 'text/calendar; charset=utf-8',
      bytes: await meetingFile(db, services, meeting, now, language),
    }
  }

  implement(app, services, routes.slotLinkFile, async (asked) => {
    const slot = await resolveSlotLink(asked.db, secret, asked.params.token)
    if (isRefusal(slot)) return slot
    return download(asked, await meetingOfSlot(asked.db, slot.id, asked.now))
  })

  implement(app, services, routes.placementLinkFile, async (asked) => {
    const placement = await resolvePlacementLink(asked.db, secret, asked.params.token)
    if (isRefusal(placement)) return placement
    return download(asked, await meetingOfPlacement(asked.db, placement.id, asked.now))
  })

  implement(app, services, routes.slotFile, async (asked) => {
    const slot = await slotById(asked.db, asked.params.slotId)
    if (!slot) return refuse('not-found')
    const host = { personId: slot.hostId, regionId: slot.regionId }
    if (!policy.mayTakeHome(asked.actor, host)) return refuse('forbidden')
    return download(asked, await meetingOfSlot(asked.db, slot.id, asked.now))
  })

  implement(app, services, routes.placementFile, async (asked) => {
    const placement = await placementById(asked.db, asked.params.placementId)
    if (!placement) return refuse('not-found')
    if (!policy.mayTakeHome(asked.actor, placement)) return refuse('forbidden')
    return download(asked, await meetingOfPlacement(asked.db, placement.id, asked.now))
  })

  // Whatever follows is a feed or is not found: never the web app's page, a sign-in or an error.
  app.get<{ Params: { '*': string } }>(
    `${feedPath}*`,
    { schema: { hide: true }, compress: false },
    async (request, reply) => {
      reply.header('x-robots-tag', 'noindex').header('cache-control', 'private, no-cache')
      const account = await accountOfFeed(db, secret, request.params['*'])
      if (!account) return sendRefusal(reply, request, { refused: 'not-found' })
      const { body, etag } = await feedOf(db, account, config.publicUrl)
      reply.header('etag', etag)
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
      return reply.type('text/calendar; charset=utf-8').send(body)
    },
  )
}

/** `If-None-Match` compares weakly, and `*` is anything there is (RFC 9110 13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}
