import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { say } from '#server/platform/i18n.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { reportsRoutes as routes } from '#shared/reports/reports.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { csvOf } from './reports.csv.ts'
import { pdfOf } from './reports.pdf.ts'
import { pictureOf } from './reports.pictures.ts'
import * as policy from './reports.policy.ts'
import * as reports from './reports.service.ts'
import { tablesOf } from './reports.tables.ts'
import { fileNameOf } from './reports.words.ts'
import { xlsxOf } from './reports.xlsx.ts'

const font = createRequire(import.meta.url).resolve(
  '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
)
/** A picture shown as an image may load nothing: its letters travel inside. */
const letters = `@font-face{font-family:Figtree;font-weight:300 900;src:url(data:font/woff2;base64,${readFileSync(font, 'base64')})}svg{font-family:Figtree,sans-serif}`

export function reportsFeature(app: FastifyInstance, services: Services): void {
  /** The day, for those who may make its report. */
  async function reportable(db: Database, actor: Actor, dayId: string) {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    return policy.mayReport(actor, day.regionId) ? day : refuse('forbidden')
  }

  /** The report of a day, with a note in the audit that it was taken along. */
  async function taken(db: Database, actor: Actor, dayId: string, form: string, now: Date) {
    const day = await reportable(db, actor, dayId)
    if (isRefusal(day)) return day
    await inTransaction(db, (trx) => reports.recordExport(trx, day, form, actor.accountId, now))
    return reports.reportOf(db, day, now)
  }

  async function pageOf(db: Database, day: days.Day, language: Language, now: Date) {
    const report = await reports.reportOf(db, day, now)
    return { ...report, tables: tablesOf(report, language) }
  }

  implement(app, services, routes.report, async ({ db, actor, params, language, now }) => {
    const day = await reportable(db, actor, params.dayId)
    return isRefusal(day) ? day : pageOf(db, day, language, now)
  })

  implement(app, services, routes.choose, async (input) => {
    const { db, actor, params, body, language, now } = input
    const day = await reportable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const refused = await inTransaction<Refusal | undefined>(db, (trx) =>
      reports.choose(trx, day, body, actor.accountId, now),
    )
    return refused ?? pageOf(db, day, language, now)
  })

  implement(app, services, routes.picture, async ({ db, actor, params, language, now }) => {
    const day = await reportable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const report = await reports.reportOf(db, day, now)
    const what = say(language, `reports:pictures.${params.picture}`)
    return {
      fileName: `${fileNameOf(report, language, what)}.svg`,
      contentType: 'image/svg+xml; charset=utf-8',
      bytes: pictureOf(params.picture, report, language, letters),
    }
  })

  implement(app, services, routes.document, async (input) => {
    const { db, actor, params, query, language, now } = input
    const whole = query.whole === 'yes'
    const form = whole ? 'pdf-whole' : 'pdf'
    const report = await taken(db, actor, params.dayId, form, now)
    if (isRefusal(report)) return report
    const what = say(language, whole ? 'reports:wholeReport' : 'reports:title')
    return {
      fileName: `${fileNameOf(report, language, what)}.pdf`,
      contentType: 'application/pdf',
      bytes: await pdfOf(report, language, whole),
    }
  })

  implement(app, services, routes.workbook, async ({ db, actor, params, language, now }) => {
    const report = await taken(db, actor, params.dayId, 'xlsx', now)
    if (isRefusal(report)) return report
    const what = say(language, 'reports:title')
    return {
      fileName: `${fileNameOf(report, language, what)}.xlsx`,
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bytes: await xlsxOf(tablesOf(report, language)),
    }
  })

  implement(app, services, routes.table, async ({ db, actor, params, language, now }) => {
    const report = await taken(db, actor, params.dayId, `csv-${params.table}`, now)
    if (isRefusal(report)) return report
    const table = tablesOf(report, language).find(({ kind }) => kind === params.table)!
    return {
      fileName: `${fileNameOf(report, language, table.title)}.csv`,
      contentType: 'text/csv; charset=utf-8',
      bytes: csvOf(table),
    }
  })
}
