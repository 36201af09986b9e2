import type { FastifyInstance } from 'fastify'
import { regionById } from '#server/features/accounts/accounts.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { oneClick } from '#server/platform/http/one-click.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Reader } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import { allowAttempt } from '#server/platform/throttle.ts'
import {
  type LinkedProgramme,
  programmeLinksRoutes as routes,
} from '#shared/programmes/programmes.links.contract.ts'
import * as links from './programmes.links.ts'
import * as members from './programmes.members.queries.ts'
import { mailCurrentLink, renewLinks } from './programmes.renewal.ts'
import { nextOpenDay } from './programmes.schedule.rules.ts'
import * as programmes from './programmes.service.ts'

/** What somebody does who came by the link of a mail, without a session. */
export function programmeLinksFeature(app: FastifyInstance, services: Services): void {
  const { secret, config } = services
  /** What is finished goes to a learning record store, where there is one. */
  const recorded = config.xapiUrl !== undefined

  implement(app, services, routes.linkedReminder, async ({ db, params, now }) => {
    const holder = await links.reminderHolder(db, secret, params.token, now)
    if (isRefusal(holder)) return holder
    const { mail, member, programme } = holder
    const story = await links.storyTold(db, programme.id, mail.position)
    if (!story) return refuse('not-found')
    return {
      ...(await linkedView(db, holder, recorded)),
      reader: member.id,
      programmeId: programme.id,
      position: mail.position,
      asks: mail.kind === 'question' ? ('mission' as const) : ('story' as const),
      story,
      programmeToken: deriveToken(secret, 'programme', member.id, member.linkGeneration),
    }
  })

  implement(app, services, routes.finishReminder, async ({ db, params, now }) => {
    const holder = await links.reminderHolder(db, secret, params.token, now)
    if (isRefusal(holder)) return holder
    return inTransaction(db, (trx) => links.finishReminder(trx, holder, { recorded }))
  })

  implement(app, services, routes.linkedProgramme, async ({ db, params, now }) => {
    const holder = await links.programmeHolder(db, secret, params.token, now)
    return isRefusal(holder) ? holder : linkedView(db, holder, recorded)
  })

  implement(app, services, routes.pauseLinked, async ({ db, params, body, now }) => {
    const holder = await links.programmeHolder(db, secret, params.token, now)
    if (isRefusal(holder)) return holder
    const pause = { from: holder.today, until: body.until }
    const refused = await inTransaction(db, (trx) =>
      programmes.pauseProgramme(trx, subjectOf(holder), pause, themselves(holder, now)),
    )
    return refused ?? again(db, holder, recorded)
  })

  implement(app, services, routes.resumeLinked, async ({ db, params, now }) => {
    const holder = await links.programmeHolder(db, secret, params.token, now)
    if (isRefusal(holder)) return holder
    const refused = await inTransaction(db, (trx) =>
      programmes.resumeProgramme(trx, subjectOf(holder), themselves(holder, now)),
    )
    return refused ?? again(db, holder, recorded)
  })

  renewing(app, services)

  implement(app, services, routes.stopLinked, async ({ db, params, body, now }) => {
    const holder = await links.programmeHolder(db, secret, params.token, now)
    if (isRefusal(holder)) return holder
    const refused = await inTransaction(db, (trx) =>
      programmes.setStopped(trx, holder.member.id, body.stopped, holder),
    )
    return refused ?? again(db, holder, recorded)
  })

  oneClick(app, '/parcours/', async (token) => {
    const holder = await links.programmeHolder(services.db, secret, token, services.clock.now())
    // What has ended sends nothing any more: that is what was asked for.
    if (isRefusal(holder)) return holder.refused === 'not-found' ? holder : undefined
    return inTransaction(services.db, (trx) =>
      programmes.setStopped(trx, holder.member.id, true, holder),
    )
  })
}

/** A former link may be found by anybody; three mails an hour are as many as its person should bear. */
const linksPerMember = { purpose: 'programme-link', limit: 3, windowMinutes: 60 }

/** Replacing one’s links, and asking for the one that counts from one that does not any more. */
function renewing(app: FastifyInstance, services: Services): void {
  const { secret, mailDomain } = services

  implement(app, services, routes.renewLinked, async ({ db, params, now }) => {
    const holder = await links.programmeHolder(db, secret, params.token, now)
    if (isRefusal(holder)) return holder
    const { id, linkGeneration } = holder.member
    return inTransaction(
      db,
      async (trx) =>
        (await renewLinks(trx, id, linkGeneration)) ??
        (await mailCurrentLink(trx, id, now, mailDomain)),
    )
  })

  const mailAgain = async (
    db: Database,
    kind: 'reminder' | 'programme',
    token: string,
    now: Date,
  ) => {
    const holder = await links.formerHolder(db, secret, kind, token, now)
    if (isRefusal(holder)) return holder
    const { id } = holder.member
    const subject = keyedHash(secret, linksPerMember.purpose, id)
    if (!(await allowAttempt(db, linksPerMember, subject, now))) return refuse('too-many-requests')
    return inTransaction(db, (trx) => mailCurrentLink(trx, id, now, mailDomain))
  }
  implement(app, services, routes.reminderAgain, ({ db, params, now }) =>
    mailAgain(db, 'reminder', params.token, now),
  )
  implement(app, services, routes.programmeAgain, ({ db, params, now }) =>
    mailAgain(db, 'programme', params.token, now),
  )
}

const subjectOf = ({ member, programme }: links.Holder) => ({
  programmeId: programme.id,
  memberId: member.id,
  own: true,
})

const themselves = ({ today }: links.Holder, now: Date) => ({ by: null, now, today })

/** How it stands after a change. */
async function again(
  db: Reader,
  holder: links.Holder,
  recorded: boolean,
): Promise<LinkedProgramme | Refusal> {
  const member = await members.memberById(db, holder.member.id)
  return member ? linkedView(db, { ...holder, member }, recorded) : refuse('not-found')
}

async function linkedView(
  db: Reader,
  { member, programme, today }: links.Holder,
  recorded: boolean,
): Promise<LinkedProgramme> {
  const pauses = await members.pausesOf(db, programme.id, [member.id])
  const open = nextOpenDay(today, pauses, () => true)
  return {
    programmeName: programme.name,
    regionName: (await regionById(db, programme.regionId))?.name ?? '',
    today,
    stopped: member.stoppedOn !== null,
    paused: open !== today,
    pausedUntil: open === today ? null : open,
    recorded,
  }
}
