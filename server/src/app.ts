import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { RouteContract } from '#shared/contract.ts'
import { readSessionCookie } from './features/accounts/accounts.cookie.ts'
import { accountsFeature } from './features/accounts/accounts.routes.ts'
import { holderOf } from './features/accounts/accounts.service.ts'
import { changesFeature } from './features/actions/actions.changes.routes.ts'
import { actionsFeature } from './features/actions/actions.routes.ts'
import { answersFeature } from './features/answers/answers.routes.ts'
import { attendanceFeature } from './features/attendance/attendance.routes.ts'
import { sheetFeature } from './features/attendance/attendance.sheet.routes.ts'
import { confirmationsFeature } from './features/confirmations/confirmations.routes.ts'
import { irritantsFeature } from './features/days/days.irritants.routes.ts'
import { daysFeature } from './features/days/days.routes.ts'
import { debriefFeature } from './features/debrief/debrief.routes.ts'
import { refuseWhileVoting } from './features/debrief/debrief.service.ts'
import { findingsFeature } from './features/findings/findings.routes.ts'
import { handoversFeature } from './features/handovers/handovers.routes.ts'
import { mailAnswersFeature } from './features/invitations/invitations.answers.routes.ts'
import { boardFeature } from './features/invitations/invitations.board.routes.ts'
import { feedFeature } from './features/invitations/invitations.feed.routes.ts'
import { outboxFeature } from './features/invitations/invitations.outbox.routes.ts'
import { invitationsFeature } from './features/invitations/invitations.routes.ts'
import { takeBack } from './features/invitations/invitations.service.ts'
import { kitsFeature } from './features/kits/kits.routes.ts'
import { mailboxFeature } from './features/mailbox/mailbox.routes.ts'
import { chancesFeature } from './features/matching/matching.chances.routes.ts'
import { matchingFeature } from './features/matching/matching.routes.ts'
import { observationsFeature } from './features/observations/observations.routes.ts'
import { programmeLinksFeature } from './features/programmes/programmes.links.routes.ts'
import { programmesFeature } from './features/programmes/programmes.routes.ts'
import { recordsFeature } from './features/records/records.routes.ts'
import { remindersFeature } from './features/reminders/reminders.routes.ts'
import { reportsFeature } from './features/reports/reports.routes.ts'
import { rosterFeature } from './features/roster/roster.routes.ts'
import { membershipsOf } from './features/roster/roster.service.ts'
import { signupFeature } from './features/signup/signup.routes.ts'
import { slotsFeature } from './features/slots/slots.routes.ts'
import { hasSlots } from './features/slots/slots.service.ts'
import { thanksFeature } from './features/thanks/thanks.routes.ts'
import { waitingFeature } from './features/waiting/waiting.routes.ts'
import { facilitatorFeature } from './features/workshops/workshops.facilitator.routes.ts'
import { workshopLinksFeature } from './features/workshops/workshops.links.routes.ts'
import { workshopOffersFeature } from './features/workshops/workshops.offers.routes.ts'
import { workshopsFeature } from './features/workshops/workshops.routes.ts'
import { workshopById } from './features/workshops/workshops.service.ts'
import type { Actor } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { isOurProxy } from './platform/http/caller.ts'
import { refuseCrossSite } from './platform/http/cross-site.ts'
import { healthRoutes } from './platform/http/health.ts'
import { openApi } from './platform/http/openapi.ts'
import { InvalidInput, readingLanguage, sendError, sendRefusal } from './platform/http/problems.ts'
import { unwritableTexts } from './platform/http/writable-text.ts'
import { openLive } from './platform/live/live.ts'
import type { Catcher } from './platform/mail/catcher.ts'
import type { Database } from './platform/postgres/database.ts'
import type { Services } from './platform/services.ts'
import { applyHeldAnswer } from './use-cases/answer-arrives.ts'
import { cancelDay } from './use-cases/cancel-day.ts'
import {
  hostAnswers,
  hostOffers,
  siteDecides,
  siteLimits,
  siteMoves,
} from './use-cases/change-slots.ts'
import { comingBackFeature } from './use-cases/coming-back.routes.ts'
import { createRegion } from './use-cases/create-region.ts'
import { dayTimeline } from './use-cases/day-timeline.ts'
import { guestCancels, guestLeavesDay } from './use-cases/guest-cancels.ts'
import { answerHandover } from './use-cases/hand-over.ts'
import { homeFeature } from './use-cases/home.routes.ts'
import { hostDeclines } from './use-cases/host-declines.ts'
import { importRoster } from './use-cases/import-roster.ts'
import { leaveRegion, previewLeaving } from './use-cases/leave-region.ts'
import { openSignUp, signUpPreview } from './use-cases/open-sign-up.ts'
import { publishPlan } from './use-cases/publish-plan.ts'
import { renewGuestLink, renewHostLink } from './use-cases/renew-link.ts'
import { repairSetting } from './use-cases/repair-plan.ts'
import { answerSeatOffer, takeSeat, waitAgain } from './use-cases/seat-offers.ts'
import { sendHeld } from './use-cases/send-held.ts'
import { nameStandIn } from './use-cases/stand-in.ts'
import { sendWorkshop } from './use-cases/workshop-meetings.ts'
import { workshopSetting } from './use-cases/workshop-setting.ts'

export interface Wiring {
  config: Config
  secret: string
  db: Database
  /** Of the same database, for the connection that listens. */
  databaseUrl: string
  clock: Clock
  /** The built web app; absent where only the API is wanted. */
  webFolder?: string
  /** The built-in mailbox, where mail is caught instead of sent; its page exists only in the demo. */
  catcher?: Catcher
  logger?: FastifyBaseLogger
}

const silent = { warn: () => {} }

/** What routes and jobs are handed; made once from the wiring. */
export function buildServices(wiring: Wiring): Services {
  const { config, secret, db, clock } = wiring
  return {
    config,
    secret,
    db,
    clock,
    live: openLive(wiring.databaseUrl, wiring.logger ?? silent),
    mailDomain: config.mailFrom.split('@')[1] ?? 'localhost',
    languageOf: (request) => readingLanguage(request),
    async resolveActor(request) {
      const token = readSessionCookie(request, config)
      if (!token) return undefined
      const holder = await holderOf(db, token, clock.now())
      if (!holder) return undefined
      const memberships = await membershipsOf(db, holder.accountId)
      const actor: Actor = { ...holder, memberships }
      request.actor = actor
      return actor
    },
  }
}

const isAnonymous = ({ routeOptions }: FastifyRequest) =>
  (routeOptions.config as { contract?: RouteContract }).contract?.access === 'anonymous'

/** Wires the whole application, visibly; `server.ts` only starts and stops it. */
export async function buildApp(wiring: Wiring, services: Services): Promise<FastifyInstance> {
  const { config } = wiring
  const app = fastify({
    ...(wiring.logger ? { loggerInstance: wiring.logger } : { logger: false }),
    // Addresses and personal links stay out of the log: see the hook below.
    logController: new LogController({ disableRequestLogging: true }),
    // Numbers counted up would show a gap where an unlogged request came.
    genReqId: () => randomUUID(),
    // 256 kB of JSON is far beyond any form here; files name their own limit.
    bodyLimit: 262_144,
    // A real installation stands behind a proxy on a private network; the demo does not.
    trustProxy: config.demo ? false : isOurProxy,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot even be decoded leads nowhere, like any other that is wrong.
    frameworkErrors: (_, request, reply) => sendRefusal(reply, request, { refused: 'not-found' }),
  })
  app.setValidatorCompiler<never>(({ schema }) => (data) => {
    const parsed = (schema as import('zod').ZodType).safeParse(data)
    if (!parsed.success) return { error: new InvalidInput(parsed.error.issues) }
    const unwritable = unwritableTexts(parsed.data).map(
      (path) => ({ code: 'custom', path, message: '' }) as const,
    )
    return unwritable.length === 0
      ? { value: parsed.data }
      : { error: new InvalidInput(unwritable) }
  })
  app.setSerializerCompiler<never>(
    ({ schema }) =>
      (data) =>
        JSON.stringify((schema as import('zod').ZodType).parse(data)),
  )
  app.setErrorHandler(sendError)
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  )
  app.addHook('onResponse', (request, reply, done) => {
    // When an anonymous request came is nobody's business, not even without a name.
    if (isAnonymous(request)) return done()
    const path = request.routeOptions.url ?? 'unknown'
    const milliseconds = Math.round(reply.elapsedTime)
    request.log.info({ method: request.method, path, status: reply.statusCode, milliseconds })
    done()
  })
  // Streams never end by themselves: closing would wait for them.
  app.addHook('preClose', () => services.live.stop())
  app.addHook('onRequest', refuseCrossSite(config))
  // Answers name people and may hold links: no shared workstation keeps them after signing out.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    // Shared links get about; no search engine has any business here.
    reply.header('x-robots-tag', 'noindex')
    done()
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Mantine and React set style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: config.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    // Personal links carry a secret in their path: it must not travel in a Referer.
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
  })
  await app.register(cookie)
  await app.register(compress)
  await openApi(app)

  healthRoutes(app, services)
  accountsFeature(app, services, { membershipsOf, createRegion })
  const voice = repairSetting(services)
  rosterFeature(app, services, {
    importRoster: (trx, regionId, importId, fingerprint, by, now) => {
      const releaseAt = new Date(now.getTime() + config.mailHoldSeconds * 1_000)
      return importRoster(trx, regionId, importId, fingerprint, by, now, voice, releaseAt)
    },
    previewLeaving,
    leaveRegion: (trx, regionId, numbers, by, now) =>
      leaveRegion(trx, regionId, numbers, by, now, voice),
  })
  irritantsFeature(app, services)
  daysFeature(app, services, {
    hasSlots,
    timeline: dayTimeline,
    takeBack,
    signUpPreview: (db, dayId, language) => signUpPreview(db, config, dayId, language),
    openSignUp: (trx, dayId, recipients, by, now) =>
      openSignUp(trx, services, dayId, recipients, by, now),
  })
  slotsFeature(app, services, {
    hostAnswers: (trx, id, host, answer, now) => hostAnswers(trx, id, host, answer, now, voice),
    hostOffers: (trx, dayId, host, details, now) =>
      hostOffers(trx, services.secret, dayId, host, details, now, voice),
    siteDecides: (trx, id, input, by, now) => siteDecides(trx, id, input, by, now, voice),
    siteMoves: (trx, id, hours, by, now) => siteMoves(trx, id, hours, by, now, voice),
    siteLimits: (trx, dayId, siteId, input, by, now) =>
      siteLimits(trx, dayId, siteId, input, by, now, voice),
  })
  signupFeature(app, services, {
    cancelGuest: (trx, dayId, personId, now) => guestLeavesDay(trx, dayId, personId, now, voice),
  })
  matchingFeature(app, services)
  waitingFeature(app, services, {
    answerSeatOffer: (trx, id, answer, channel, now) =>
      answerSeatOffer(trx, id, answer, channel, now, voice),
    takeSeat: (trx, dayId, personId, slotId, now) =>
      takeSeat(trx, dayId, personId, slotId, now, voice),
    waitAgain: (trx, dayId, personId, now) => waitAgain(trx, dayId, personId, now, voice),
  })
  chancesFeature(app, services)
  confirmationsFeature(app, services, {
    hostDeclines: (trx, id, channel, now) => hostDeclines(trx, id, channel, now, voice),
    guestCancels: (trx, id, channel, now) => guestCancels(trx, id, channel, now, voice),
    renewHostLink: (trx, id, now) => renewHostLink(trx, services.secret, id, now, voice),
    renewGuestLink: (trx, id, now) => renewGuestLink(trx, id, now, voice),
    waitAgain: (trx, dayId, personId, now) => waitAgain(trx, dayId, personId, now, voice),
  })
  handoversFeature(app, services, (trx, id, answer, now) =>
    answerHandover(trx, services.secret, id, answer, now, voice),
  )
  invitationsFeature(app, services, {
    publishPlan: (trx, id, by, now, releaseAt) => publishPlan(trx, id, by, now, voice, releaseAt),
    cancelDay: (trx, id, by, now, releaseAt) => cancelDay(trx, id, by, now, voice, releaseAt),
    sendHeld: (trx, id, by, now, releaseAt) => sendHeld(trx, id, by, now, voice, releaseAt),
    sendWorkshop: (trx, id, by, now) => sendWorkshop(trx, id, by, now, voice),
    workshopById,
  })
  outboxFeature(app, services, { workshopById })
  mailAnswersFeature(app, services, {
    applyHeldAnswer: (trx, id, said, by, now) => applyHeldAnswer(trx, id, said, by, now, voice),
  })
  boardFeature(app, services)
  feedFeature(app, services)
  kitsFeature(app, services)
  sheetFeature(app, services)
  attendanceFeature(app, services, (trx, slotId, personId, by, now) =>
    nameStandIn(trx, services.secret, slotId, personId, by, now, voice),
  )
  observationsFeature(app, services)
  thanksFeature(app, services)
  findingsFeature(app, services, { refuseWhileVoting })
  debriefFeature(app, services)
  actionsFeature(app, services)
  changesFeature(app, services)
  reportsFeature(app, services)
  remindersFeature(app, services)
  recordsFeature(app, services)
  workshopsFeature(app, services)
  const workshop = workshopSetting(voice)
  workshopOffersFeature(app, services, workshop)
  workshopLinksFeature(app, services, workshop)
  facilitatorFeature(app, services, workshop)
  programmesFeature(app, services)
  programmeLinksFeature(app, services)
  answersFeature(app, services)
  if (config.demo && wiring.catcher) mailboxFeature(app, services, wiring.catcher)

  comingBackFeature(app, services)
  homeFeature(app, services)

  const index = wiring.webFolder && join(wiring.webFolder, 'index.html')
  if (wiring.webFolder && index && existsSync(index)) {
    await app.register(fastifyStatic, {
      root: wiring.webFolder,
      // Only what carries a content hash in its name may be kept for ever.
      setHeaders: (reply, path) => {
        const lasting = path.includes('/assets/')
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
      cacheControl: false,
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/')
    if (isPage && index && existsSync(index) && !request.url.startsWith('/assets/')) {
      return reply.sendFile('index.html')
    }
    return sendRefusal(reply, request, { refused: 'not-found' })
  })
  return app
}
