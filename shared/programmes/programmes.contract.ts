import { z } from 'zod'
import { route } from '../contract.ts'
import { mailPreviewSchema } from '../days/days.contract.ts'
import { wording } from '../vocabulary/content-language.ts'
import { languageSchema } from '../vocabulary/language.ts'
import { line } from '../vocabulary/line.ts'
import { versionSchema } from '../vocabulary/version.ts'
import {
  audienceSchema,
  countedSchema,
  dateSchema,
  monthsBetweenSchema,
  mostSteps,
  programmeMailKinds,
  programmeStatusSchema,
} from './programmes.vocabulary.ts'

const saidSchema = z.object({
  name: line(80, 2),
  audience: audienceSchema,
  counted: countedSchema,
  /** Null where months are counted from each person’s workshop. */
  startsOn: dateSchema.nullable(),
  monthsBetween: monthsBetweenSchema,
  /** Addresses on the region’s shelf, in the order they are told. */
  reminders: z.array(z.string().max(60)).max(mostSteps),
})
const startsWhereCounted = ({ counted, startsOn }: z.infer<typeof saidSchema>) =>
  (counted === 'date') === (startsOn !== null)

/** What a director says of a programme. */
export const programmeInputSchema = saidSchema.refine(startsWhereCounted, { path: ['startsOn'] })
export type ProgrammeInput = z.infer<typeof programmeInputSchema>

/** From the first day on, until the first day after it; null: nobody knows yet. */
const pauseSchema = z.object({ from: dateSchema, until: dateSchema.nullable() })

const listedSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  status: programmeStatusSchema,
  counted: countedSchema,
  startsOn: z.string().nullable(),
  reminders: z.int(),
  people: z.int(),
  paused: z.boolean(),
})
export type ListedProgramme = z.infer<typeof listedSchema>

/** One reminder of a programme and when it reaches people, as things stand. */
const plannedStepSchema = z.object({
  position: z.int(),
  /** Its address on the shelf. */
  reminder: z.string(),
  title: wording(60),
  teaser: wording(160),
  earliest: z.string().nullable(),
  latest: z.string().nullable(),
  /** To how many people it leaves in which month, `YYYY-MM`; what left already is counted too. */
  months: z.array(z.object({ month: z.string(), people: z.int() })),
})
export type PlannedStep = z.infer<typeof plannedStepSchema>

export const programmeSchema = z.object({
  id: z.uuid(),
  regionId: z.uuid(),
  name: z.string(),
  audience: audienceSchema,
  counted: countedSchema,
  startsOn: z.string().nullable(),
  monthsBetween: z.int(),
  status: programmeStatusSchema,
  version: z.int(),
  /** The date where the region is. */
  today: z.string(),
  people: z.int(),
  /** Of these, how many no mail reaches. */
  withoutAddress: z.int(),
  /** Who has not been to their workshop yet: their months have not begun. */
  awaiting: z.int(),
  steps: z.array(plannedStepSchema),
  /** Everybody’s pauses that are not over. */
  pauses: z.array(pauseSchema),
})
export type Programme = z.infer<typeof programmeSchema>

const datesSchema = z.object({
  startsOn: dateSchema.nullable(),
  monthsBetween: monthsBetweenSchema,
})

const foundSchema = z.object({
  personId: z.uuid(),
  firstName: z.string(),
  lastName: z.string(),
  siteName: z.string(),
  /** What directors decided and is not over; what they chose themselves is nobody’s business. */
  pauses: z.array(pauseSchema),
})
export type FoundMember = z.infer<typeof foundSchema>

const ofRegion = z.object({ regionId: z.uuid() })
const ofProgramme = z.object({ programmeId: z.uuid() })
const ofMember = ofProgramme.extend({ personId: z.uuid() })
const seen = z.object({ version: versionSchema })

export const programmesRoutes = {
  programmes: route({
    method: 'GET',
    path: '/api/regions/:regionId/programmes',
    summary: 'The programmes of a region',
    access: 'session',
    params: ofRegion,
    response: z.object({
      /** The date where the region is. */
      today: z.string(),
      programmes: z.array(listedSchema),
    }),
  }),
  create: route({
    method: 'POST',
    path: '/api/regions/:regionId/programmes',
    summary: 'Prepare a programme; nothing leaves before it is launched',
    access: 'session',
    params: ofRegion,
    body: programmeInputSchema,
    response: programmeSchema,
    refusals: ['not-found'],
  }),
  programme: route({
    method: 'GET',
    path: '/api/programmes/:programmeId',
    summary: 'A programme, for whom it is and when what leaves',
    access: 'session',
    params: ofProgramme,
    response: programmeSchema,
    refusals: ['not-found'],
  }),
  change: route({
    method: 'PUT',
    path: '/api/programmes/:programmeId',
    summary: 'Change a programme; of one that runs its name and its dates',
    access: 'session',
    params: ofProgramme,
    body: saidSchema.extend(seen.shape).refine(startsWhereCounted, { path: ['startsOn'] }),
    response: programmeSchema,
    refusals: ['not-found', 'programme-changed', 'programme-running', 'programme-ended'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/programmes/:programmeId',
    summary: 'Throw a programme away that was never launched',
    access: 'session',
    params: ofProgramme,
    response: 'none',
    refusals: ['not-found', 'programme-running', 'programme-ended'],
  }),
  /** What other dates would change, before anybody decides. */
  otherDates: route({
    method: 'POST',
    path: '/api/programmes/:programmeId/other-dates',
    summary: 'When each reminder would leave with other dates; changes nothing',
    access: 'session',
    params: ofProgramme,
    body: datesSchema,
    response: z.array(plannedStepSchema),
    refusals: ['not-found'],
  }),
  mail: route({
    method: 'GET',
    path: '/api/programmes/:programmeId/mails/:position',
    summary: 'A mail of a programme as it will read',
    access: 'session',
    params: ofProgramme.extend({ position: z.coerce.number().int().min(1).max(mostSteps) }),
    query: z.object({
      kind: z.enum(programmeMailKinds).default('reminder'),
      language: languageSchema,
    }),
    response: mailPreviewSchema,
    refusals: ['not-found'],
  }),
  launch: route({
    method: 'POST',
    path: '/api/programmes/:programmeId/launch',
    summary: 'Launch a programme for as many people as were shown',
    access: 'session',
    params: ofProgramme,
    body: seen.extend({ people: z.int() }),
    response: programmeSchema,
    refusals: [
      'not-found',
      'programme-changed',
      'programme-running',
      'programme-ended',
      'programme-without-reminders',
      'programme-without-people',
      'programme-people-changed',
    ],
  }),
  end: route({
    method: 'POST',
    path: '/api/programmes/:programmeId/end',
    summary: 'End a programme for good',
    access: 'session',
    params: ofProgramme,
    body: seen,
    response: programmeSchema,
    refusals: ['not-found', 'programme-changed', 'programme-ended'],
  }),
  pause: route({
    method: 'POST',
    path: '/api/programmes/:programmeId/pauses',
    summary: 'Pause a programme for everybody',
    access: 'session',
    params: ofProgramme,
    body: pauseSchema,
    response: programmeSchema,
    refusals: ['not-found', 'programme-ended', 'pause-dates'],
  }),
  resume: route({
    method: 'DELETE',
    path: '/api/programmes/:programmeId/pauses',
    summary: 'Go on for everybody; what waited is planned anew',
    access: 'session',
    params: ofProgramme,
    response: programmeSchema,
    refusals: ['not-found', 'programme-ended'],
  }),
  people: route({
    method: 'GET',
    path: '/api/programmes/:programmeId/people',
    summary: 'Somebody of a programme by name, to pause it for them',
    access: 'session',
    params: ofProgramme,
    query: z.object({ search: line(80, 2) }),
    response: z.array(foundSchema),
    refusals: ['not-found'],
  }),
  pausePerson: route({
    method: 'POST',
    path: '/api/programmes/:programmeId/people/:personId/pauses',
    summary: 'Pause a programme for one person, for a leave',
    access: 'session',
    params: ofMember,
    body: pauseSchema,
    response: 'none',
    refusals: ['not-found', 'programme-ended', 'pause-dates'],
  }),
  resumePerson: route({
    method: 'DELETE',
    path: '/api/programmes/:programmeId/people/:personId/pauses',
    summary: 'Go on for one person',
    access: 'session',
    params: ofMember,
    response: 'none',
    refusals: ['not-found', 'programme-ended'],
  }),
  renewPerson: route({
    method: 'POST',
    path: '/api/programmes/:programmeId/people/:personId/links',
    summary:
      'Take back the links mailed to one person so far; whoever holds one can have the next mailed',
    access: 'session',
    params: ofMember,
    response: 'none',
    refusals: ['not-found', 'programme-ended'],
  }),
}
