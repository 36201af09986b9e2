import { z } from 'zod'
import { route } from '../contract.ts'
import {
  type RosterField,
  rejectionCodes,
  rosterFieldSchema,
  rosterKindSchema,
  rowOutcomeSchema,
  siteKindSchema,
  unneededColumnSchema,
  warningCodes,
} from './roster.vocabulary.ts'

/** Forty times the largest roster seen (2,877 people, 0.5 MB), and little enough to hold at once. */
export const fileBytesLimit = 20 * 1_048_576

export const roleDrawings = ['headset', 'counter', 'van', 'callback', 'office', 'heart'] as const
export const roleDrawingSchema = z.enum(roleDrawings)
export type RoleDrawing = z.infer<typeof roleDrawingSchema>

export const importStatuses = ['draft', 'committed', 'expired'] as const
export const importStatusSchema = z.enum(importStatuses)
export type ImportStatus = z.infer<typeof importStatusSchema>

const countsSchema = z.record(rowOutcomeSchema, z.int())

export const rosterImportSchema = z.object({
  id: z.uuid(),
  kind: rosterKindSchema,
  fileName: z.string(),
  status: importStatusSchema,
  createdAt: z.coerce.date(),
  committedAt: z.coerce.date().nullable(),
  /** What the commit did; null before. */
  counts: countsSchema.nullable(),
})
export type RosterImport = z.infer<typeof rosterImportSchema>

/** Where people of a file are invited again, at the address it corrected. */
const invitedAgainSchema = z.object({
  to: z.enum(['day', 'workshop']),
  id: z.uuid(),
  name: z.string(),
  people: z.array(z.string()),
})
export type InvitedAgain = z.infer<typeof invitedAgainSchema>

const committedImportSchema = rosterImportSchema.extend({
  /** These mails wait in the outbox, where they can be taken back. */
  invitedAgain: z.array(invitedAgainSchema),
})
export type CommittedImport = z.infer<typeof committedImportSchema>

/** A file as it was understood, for the person who checks the columns. */
export const importDraftSchema = rosterImportSchema.extend({
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string().nullable(),
  separator: z.string().nullable(),
  sheets: z.array(z.string()),
  sheet: z.string().nullable(),
  headerLine: z.int(),
  rows: z.int(),
  /** Somebody corrected a file with these column names before; their choice is proposed. */
  remembered: z.boolean(),
  fields: z.array(z.object({ field: rosterFieldSchema, name: z.string(), required: z.boolean() })),
  columns: z.array(
    z.object({
      column: z.int(),
      header: z.string(),
      field: rosterFieldSchema.nullable(),
      /** Recognised, and left out on purpose. */
      unneeded: unneededColumnSchema.nullable(),
      by: z.enum(['header', 'content', 'hand']).nullable(),
      samples: z.array(z.string()),
    }),
  ),
  missing: z.array(rosterFieldSchema),
})
export type ImportDraft = z.infer<typeof importDraftSchema>

const findingSchema = z.object({
  code: z.enum([...rejectionCodes, ...warningCodes]),
  severity: z.enum(['rejection', 'warning']),
  field: rosterFieldSchema.nullable(),
  fieldName: z.string(),
  cell: z.string(),
  otherLine: z.int().nullable(),
  /** In the reader's language: what happened and, where it helps, what to do. */
  sentence: z.string(),
})

export const verdictRowSchema = z.object({
  line: z.int(),
  outcome: rowOutcomeSchema,
  key: z.string().nullable(),
  /** The person's or site's name, where the row has one that can be read. */
  name: z.string(),
  changes: z.array(
    z.object({
      field: rosterFieldSchema,
      fieldName: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  findings: z.array(findingSchema),
})
export type VerdictRow = z.infer<typeof verdictRowSchema>

export const dryRunSchema = z.object({
  rows: z.int(),
  counts: countsSchema,
  findings: z.array(
    findingSchema.pick({ code: true, severity: true, sentence: true }).extend({ count: z.int() }),
  ),
  absent: z.int(),
  jobTitles: z.array(
    z.object({
      title: z.string(),
      people: z.int(),
      /** Whether the region has decided already; else `roleId` is a suggestion. */
      known: z.boolean(),
      roleId: z.uuid().nullable(),
    }),
  ),
  /** Stands for everything shown here; a commit names it, so that nothing else is committed. */
  fingerprint: z.string(),
})
export type DryRunView = z.infer<typeof dryRunSchema>

export const siteSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  kind: siteKindSchema,
  name: z.string(),
  address: z.string(),
  postcode: z.string(),
  town: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
})

export const personSchema = z.object({
  id: z.uuid(),
  employeeNumber: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  entity: z.string(),
  jobTitle: z.string(),
  siteId: z.uuid(),
  siteName: z.string(),
  roleId: z.uuid().nullable(),
})

export const roleSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  nameFr: z.string(),
  nameEn: z.string(),
  teaserFr: z.string(),
  teaserEn: z.string(),
  drawing: roleDrawingSchema,
  siteKind: siteKindSchema.nullable(),
})

export const jobTitleSchema = z.object({
  title: z.string(),
  people: z.int(),
  roleId: z.uuid().nullable(),
})

const regionParams = z.object({ regionId: z.uuid() })
const importParams = regionParams.extend({ importId: z.uuid() })
/** A screen holds fifty rows at a time; more are a click away. */
const pageSize = z.coerce.number().int().min(1).max(200).default(50)

/** Field → 0-based column; a workbook has at most 200 that are read. */
const mappingSchema = z.partialRecord(rosterFieldSchema, z.int().min(0).max(199))
export type SentMapping = Partial<Record<RosterField, number>>

/** Whom the region has to do without: by employee number, as files and lists name them. */
const leaversBody = z.object({
  employeeNumbers: z.array(z.string().min(1).max(100)).min(1).max(500),
})
/** What somebody’s leaving, or that of several, brings about on the days to come. */
export const leavingSchema = z.object({
  /** First and last names; whoever left already is not among them. */
  names: z.array(z.string()),
  /** Places as a guest that become free. */
  places: z.int(),
  /** Slots as a host that close. */
  slots: z.int(),
  /** Guests of those slots, who are seated anew where possible. */
  guests: z.int(),
  /** Open actions that are left without anybody. */
  actions: z.int(),
  /** Seats in workshop sessions to come, which are offered on. */
  seats: z.int(),
  /** Workshop sessions to come that are left without anybody to lead them. */
  sessions: z.int(),
})
export type Leaving = z.infer<typeof leavingSchema>

export const rosterRoutes = {
  upload: route({
    method: 'POST',
    path: '/api/regions/:regionId/imports',
    summary: 'Upload a CSV or XLSX file of sites or people; nothing is changed yet',
    access: 'session',
    params: regionParams,
    query: z.object({ kind: rosterKindSchema, fileName: z.string().trim().min(1).max(200) }),
    body: 'bytes',
    bodyLimit: fileBytesLimit,
    response: importDraftSchema,
    refusals: ['too-large', 'file-unreadable', 'file-inflates-too-much'],
  }),
  imports: route({
    method: 'GET',
    path: '/api/regions/:regionId/imports',
    summary: 'The latest imports of a region',
    access: 'session',
    params: regionParams,
    response: z.array(rosterImportSchema),
  }),
  draft: route({
    method: 'GET',
    path: '/api/regions/:regionId/imports/:importId',
    summary: 'How an uploaded file was understood',
    access: 'session',
    params: importParams,
    response: importDraftSchema,
    refusals: ['not-found', 'import-over'],
  }),
  correct: route({
    method: 'PUT',
    path: '/api/regions/:regionId/imports/:importId/mapping',
    summary: 'Correct sheet, header line or columns; columns left out are guessed anew',
    access: 'session',
    params: importParams,
    body: z.object({
      sheet: z.string().max(200).nullable(),
      headerLine: z.int().min(1).nullable(),
      mapping: mappingSchema.optional(),
    }),
    response: importDraftSchema,
    refusals: ['not-found', 'import-over', 'mapping-field-missing', 'mapping-column-twice'],
  }),
  dryRun: route({
    method: 'GET',
    path: '/api/regions/:regionId/imports/:importId/dry-run',
    summary: 'What committing the import would do',
    access: 'session',
    params: importParams,
    response: dryRunSchema,
    refusals: ['not-found', 'import-over', 'mapping-field-missing'],
  }),
  verdicts: route({
    method: 'GET',
    path: '/api/regions/:regionId/imports/:importId/rows',
    summary: 'The verdict of each row, a page at a time',
    access: 'session',
    params: importParams,
    query: z.object({
      outcome: rowOutcomeSchema.optional(),
      finding: findingSchema.shape.code.optional(),
      /** Only rows with something to look at. */
      remarkable: z.stringbool().default(false),
      after: z.coerce.number().int().min(0).default(0),
      limit: pageSize,
    }),
    response: z.object({ rows: z.array(verdictRowSchema), next: z.int().nullable() }),
    refusals: ['not-found', 'import-over', 'mapping-field-missing'],
  }),
  absent: route({
    method: 'GET',
    path: '/api/regions/:regionId/imports/:importId/absent',
    summary: 'Who or what is known and not in the file; an import deletes nobody',
    access: 'session',
    params: importParams,
    query: z.object({ after: z.string().max(100).default(''), limit: pageSize }),
    response: z.object({
      rows: z.array(z.object({ key: z.string(), name: z.string() })),
      next: z.string().nullable(),
    }),
    refusals: ['not-found', 'import-over', 'mapping-field-missing'],
  }),
  report: route({
    method: 'GET',
    path: '/api/regions/:regionId/imports/:importId/report',
    summary: 'The dry run as a CSV file, safe to open in a spreadsheet program',
    access: 'session',
    params: importParams,
    response: 'file',
    refusals: ['not-found', 'import-over', 'mapping-field-missing'],
  }),
  commit: route({
    method: 'POST',
    path: '/api/regions/:regionId/imports/:importId/commit',
    summary: 'Do what the dry run with this fingerprint said, all of it or nothing',
    access: 'session',
    params: importParams,
    body: z.object({ fingerprint: z.string().max(100) }),
    response: committedImportSchema,
    refusals: ['not-found', 'import-over', 'roster-changed', 'mapping-field-missing'],
  }),
  abandon: route({
    method: 'DELETE',
    path: '/api/regions/:regionId/imports/:importId',
    summary: 'Abandon an import that is not committed, and erase its file',
    access: 'session',
    params: importParams,
    response: 'none',
    refusals: ['not-found', 'import-over'],
  }),
  sites: route({
    method: 'GET',
    path: '/api/regions/:regionId/sites',
    summary: 'The sites of a region',
    access: 'session',
    params: regionParams,
    response: z.array(siteSchema),
  }),
  people: route({
    method: 'GET',
    path: '/api/regions/:regionId/people',
    summary: 'The people of a region, or of the sites one coordinates',
    access: 'session',
    params: regionParams,
    query: z.object({
      search: z.string().trim().max(100).default(''),
      siteId: z.uuid().optional(),
      after: z.string().max(600).optional(),
      limit: pageSize,
    }),
    response: z.object({
      people: z.array(personSchema),
      total: z.int(),
      next: z.string().nullable(),
    }),
  }),
  previewLeaving: route({
    method: 'POST',
    path: '/api/regions/:regionId/leavers/preview',
    summary: 'What it brings about that some people left; nothing is changed yet',
    access: 'session',
    params: regionParams,
    body: leaversBody,
    response: leavingSchema,
    refusals: ['not-found'],
  }),
  leave: route({
    method: 'POST',
    path: '/api/regions/:regionId/leavers',
    summary:
      'Some people left the region: places and slots are freed, no mail reaches them any more',
    access: 'session',
    params: regionParams,
    body: leaversBody,
    response: leavingSchema,
    refusals: ['not-found'],
  }),
  roles: route({
    method: 'GET',
    path: '/api/regions/:regionId/roles',
    summary: 'The jobs one can discover in a region',
    access: 'session',
    params: regionParams,
    response: z.array(roleSchema),
  }),
  jobTitles: route({
    method: 'GET',
    path: '/api/regions/:regionId/job-titles',
    summary: 'Which job title stands for which role',
    access: 'session',
    params: regionParams,
    response: z.array(jobTitleSchema),
  }),
  setJobTitles: route({
    method: 'PUT',
    path: '/api/regions/:regionId/job-titles',
    summary: 'Say which role people with a job title do, or that nobody can shadow them',
    access: 'session',
    params: regionParams,
    body: z.object({
      titles: z
        .array(z.object({ title: z.string().trim().min(1).max(200), roleId: z.uuid().nullable() }))
        // More titles than a region has people would be a mistake.
        .max(3_000),
    }),
    response: z.array(jobTitleSchema),
    refusals: ['not-found'],
  }),
}
