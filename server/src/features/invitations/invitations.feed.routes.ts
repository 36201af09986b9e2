import type { FastifyInstance } from 'fastify'
import { renewFeed } from '#server/features/accounts/accounts.service.ts'
import { sendRefusal } from '#server/platform/http/problems.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { feedRoutes as routes } from '#shared/invitations/invitations.feed.contract.ts'
import { accountOfFeed, feedAddress, feedOf, feedPath } from './invitations.feed.ts'

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
