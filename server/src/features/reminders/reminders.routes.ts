import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { remindersRoutes as routes } from '#shared/reminders/reminders.contract.ts'
import { fileOf, readFile } from './reminders.file.ts'
import * as policy from './reminders.policy.ts'
import { blankStory } from './reminders.rules.ts'
import * as reminders from './reminders.service.ts'

export function remindersFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.shelf, async ({ db, actor, params }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    return reminders.shelf(db, params.regionId)
  })

  implement(app, services, routes.write, async ({ db, actor, params, body, now }) => {
    const { regionId } = params
    if (!policy.mayWriteReminders(actor, regionId)) return refuse('forbidden')
    const { irritantId, language } = body
    const irritants = irritantId === null ? [] : await days.everyIrritant(db, regionId)
    if (irritantId !== null && !irritants.some(({ id }) => id === irritantId)) {
      return refuse('not-found')
    }
    const writer = { by: actor.accountId, now }
    return inTransaction(db, (trx) =>
      reminders.beginReminder(trx, { regionId, irritantId }, blankStory(language), writer),
    )
  })

  implement(app, services, routes.importStory, async ({ db, actor, params, body, now }) => {
    const { regionId } = params
    if (!policy.mayWriteReminders(actor, regionId)) return refuse('forbidden')
    const story = readFile(body)
    if (isRefusal(story)) return story
    const writer = { by: actor.accountId, now }
    return inTransaction(db, (trx) =>
      reminders.beginReminder(trx, { regionId, irritantId: null }, story, writer),
    )
  })

  implement(app, services, routes.reminder, async ({ db, actor, params }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    return reminders.reminderOf(db, params)
  })

  implement(app, services, routes.saveDraft, async ({ db, actor, params, body, now }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    const writer = { by: actor.accountId, now }
    return inTransaction(db, (trx) => reminders.saveDraft(trx, params, body, writer))
  })

  implement(app, services, routes.dropDraft, async ({ db, actor, params, query, now }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    const writer = { by: actor.accountId, now }
    return inTransaction(db, (trx) => reminders.dropDraft(trx, params, query.saved, writer))
  })

  implement(app, services, routes.publish, async ({ db, actor, params, body, now }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    const writer = { by: actor.accountId, now }
    return inTransaction(db, (trx) => reminders.publishDraft(trx, params, body.saved, writer))
  })

  implement(app, services, routes.restore, async ({ db, actor, params, body, now }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    const writer = { by: actor.accountId, now }
    return inTransaction(db, (trx) => reminders.restoreShipped(trx, params, body.version, writer))
  })

  implement(app, services, routes.file, async ({ db, actor, params }) => {
    if (!policy.mayWriteReminders(actor, params.regionId)) return refuse('forbidden')
    const found = await reminders.reminderOf(db, params)
    if (isRefusal(found)) return found
    const story = found.draft?.story ?? found.published?.story
    if (!story) return refuse('not-found')
    const name = found.shipped ?? story.title.fr ?? story.title.en ?? story.title.nl ?? 'reminder'
    const fileName = `${name.replaceAll(/[\\/:*?"<>|]/g, ' ').trim()}.json`
    return { fileName, contentType: 'application/json; charset=utf-8', bytes: fileOf(story) }
  })
}
