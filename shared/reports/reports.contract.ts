import { z } from 'zod'
import { actionSchema } from '../actions/actions.contract.ts'
import { tallySchema } from '../attendance/attendance.arrivals.contract.ts'
import { route } from '../contract.ts'
import { findingSchema } from '../findings/findings.contract.ts'
import { momentSchema } from '../observations/observations.contract.ts'
import { line } from '../vocabulary/line.ts'
import { versionOrNoneSchema } from '../vocabulary/version.ts'
import {
  longestComing,
  mostPictures,
  mostQuotes,
  pictureKindSchema,
  tableKindSchema,
} from './reports.vocabulary.ts'

const named = z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })

const amount = {
  count: z.number().int(),
  /** Means of the answers 1 to 5. */
  frequency: z.number(),
  severity: z.number(),
}

/** In words alone: neither who nor which role or site. */
export const quoteSchema = z.object({
  id: z.uuid(),
  irritantId: z.uuid(),
  moment: momentSchema,
  situation: z.string(),
  idea: z.string(),
  /** A name or a number may stand in it. */
  unmasked: z.boolean(),
})
export type Quote = z.infer<typeof quoteSchema>

export const reportSchema = z.object({
  dayId: z.uuid(),
  regionId: z.uuid(),
  dayName: z.string(),
  /** Local date, as 2027-05-20. */
  date: z.iso.date(),
  timeZone: z.string(),
  madeAt: z.coerce.date(),
  /** Fewer observations than this are told only together with others. */
  smallestGroup: z.number().int(),
  lived: z.object({
    guests: z.number().int(),
    hosts: z.number().int(),
    sites: z.number().int(),
    roles: z.array(z.object({ roleId: z.uuid(), guests: z.number().int() })),
  }),
  presence: tallySchema,
  places: z.array(
    z.object({
      siteId: z.uuid(),
      name: z.string(),
      town: z.string(),
      guests: z.number().int(),
      hosts: z.number().int(),
      /** Null: told only together with others. */
      observations: z.number().int().nullable(),
    }),
  ),
  irritants: z.array(named),
  roles: z.array(named),
  observations: z.number().int(),
  /** What was seen, most first; null stands for those told only together. */
  byIrritant: z.array(z.object({ irritantId: z.uuid().nullable(), ...amount })),
  byCell: z.array(
    z.object({ irritantId: z.uuid().nullable(), roleId: z.uuid().nullable(), ...amount }),
  ),
  /** In the order of the journey. */
  byMoment: z.array(z.object({ moment: momentSchema.nullable(), ...amount })),
  /** Open ones, by hearts and then by how often they were seen. */
  findings: z.array(
    findingSchema.pick({ id: true, irritantId: true, title: true, note: true }).extend({
      /** Null where it is fewer than the smallest group. */
      observationCount: z.number().int().nullable(),
      /** Null where nobody voted yet, or too few. */
      hearts: z.number().int().nullable(),
    }),
  ),
  /** Without their owners: whom to ask is the region’s, a report goes further. */
  actions: z.array(
    actionSchema
      .pick({ id: true, title: true, status: true, reason: true, dueOn: true })
      .extend({ findings: z.array(z.string()) }),
  ),
  /** Ballots counted; null before. */
  ballots: z.number().int().nullable(),
  /** What the director chose for the one page. */
  choice: z.object({
    version: z.number().int(),
    pictures: z.array(pictureKindSchema),
    quotes: z.array(quoteSchema),
    coming: z.string(),
  }),
})
export type Report = z.infer<typeof reportSchema>

const tableSchema = z.object({
  kind: tableKindSchema,
  title: z.string(),
  columns: z.array(
    z.object({
      title: z.string(),
      /** `mean`: one to five, with decimals; `date`: a local date, 2027-05-20. */
      kind: z.enum(['text', 'count', 'mean', 'date']),
    }),
  ),
  /** By the kind of the column: a string for texts and dates, a number otherwise; null is empty. */
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
})
export type Table = z.infer<typeof tableSchema>

/** The report, and the tables of its exports in the reader’s words. */
export const reportPageSchema = reportSchema.extend({ tables: z.array(tableSchema) })
export type ReportPage = z.infer<typeof reportPageSchema>

const different = (values: readonly string[]) => new Set(values).size === values.length

export const choiceSchema = z.object({
  /** The version that was read; another one since is a refusal, not an overwriting. */
  version: versionOrNoneSchema,
  pictures: z.array(pictureKindSchema).max(mostPictures).refine(different),
  quoteIds: z.array(z.uuid()).max(mostQuotes).refine(different),
  coming: line(longestComing),
})
export type Choice = z.output<typeof choiceSchema>

const ofDay = z.object({ dayId: z.uuid() })

export const reportsRoutes = {
  report: route({
    method: 'GET',
    path: '/api/days/:dayId/report',
    summary: 'All figures of a day: what was lived, seen and decided',
    access: 'session',
    params: ofDay,
    response: reportPageSchema,
    refusals: ['not-found'],
  }),
  choose: route({
    method: 'PUT',
    path: '/api/days/:dayId/report',
    summary: 'Choose the pictures, the quotes and the closing lines of the one page',
    access: 'session',
    params: ofDay,
    body: choiceSchema,
    response: reportPageSchema,
    refusals: ['not-found', 'report-changed'],
  }),
  picture: route({
    method: 'GET',
    path: '/api/days/:dayId/report/pictures/:picture',
    summary: 'A picture of the report as SVG, its letters included',
    access: 'session',
    params: ofDay.extend({ picture: pictureKindSchema }),
    response: 'file',
    refusals: ['not-found'],
  }),
  document: route({
    method: 'GET',
    path: '/api/days/:dayId/report/document',
    summary: 'The report as PDF, one page or all of it',
    access: 'session',
    params: ofDay,
    query: z.object({ whole: z.enum(['yes', 'no']).default('no') }),
    response: 'file',
    refusals: ['not-found'],
  }),
  workbook: route({
    method: 'GET',
    path: '/api/days/:dayId/report/workbook',
    summary: 'Every table of the report in one XLSX file, a sheet each',
    access: 'session',
    params: ofDay,
    response: 'file',
    refusals: ['not-found'],
  }),
  table: route({
    method: 'GET',
    path: '/api/days/:dayId/report/tables/:table',
    summary: 'One table of the report as CSV for a French Excel',
    access: 'session',
    params: ofDay.extend({ table: tableKindSchema }),
    response: 'file',
    refusals: ['not-found'],
  }),
}
