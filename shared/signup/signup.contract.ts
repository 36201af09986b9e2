import { z } from 'zod'
import { route } from '../contract.ts'
import { mostWishes, widestRadiusKm, wishPlaceSchema } from './signup.vocabulary.ts'

/** One wish as sent; what does not belong to its place is not part of it. */
export const wishSchema = z
  .object({
    roleId: z.uuid().nullable(),
    periodId: z.uuid().nullable(),
    place: wishPlaceSchema,
    siteId: z.uuid().nullable().default(null),
    radiusKm: z.int().min(1).max(widestRadiusKm).nullable().default(null),
  })
  .refine((wish) => (wish.place === 'site') === (wish.siteId !== null), { path: ['siteId'] })
  .refine((wish) => (wish.place === 'near') === (wish.radiusKm !== null), { path: ['radiusKm'] })
export type WishInput = z.input<typeof wishSchema>

const dayParams = z.object({ dayId: z.uuid() })
const linkParams = z.object({ token: z.string().min(10).max(200) })

export const signupStateSchema = z.enum(['not-open', 'open', 'closed', 'day-cancelled'])

const offerSchema = z.object({
  roleId: z.uuid(),
  siteId: z.uuid(),
  periodId: z.uuid(),
  places: z.int(),
})

export const mySignupSchema = z.object({
  day: z.object({
    id: z.uuid(),
    name: z.string(),
    date: z.string(),
    timeZone: z.string(),
    signUpClosesAt: z.coerce.date(),
    published: z.boolean(),
  }),
  state: signupStateSchema,
  home: z.object({ siteId: z.uuid(), town: z.string() }),
  ownRoleId: z.uuid().nullable(),
  /** Hours during which the reader hosts, and so cannot be a guest. */
  hosting: z.array(z.object({ startsAt: z.coerce.date(), endsAt: z.coerce.date() })),
  roles: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      nameFr: z.string(),
      nameEn: z.string(),
      teaserFr: z.string(),
      teaserEn: z.string(),
      drawing: z.string(),
    }),
  ),
  sites: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      town: z.string(),
      kind: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
    }),
  ),
  periods: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      nameFr: z.string(),
      nameEn: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
    }),
  ),
  /** Places that can be given today and that the reader could take, by role, site and period. */
  offers: z.array(offerSchema),
  wishes: z.array(
    z.object({
      roleId: z.uuid().nullable(),
      periodId: z.uuid().nullable(),
      place: wishPlaceSchema,
      siteId: z.uuid().nullable(),
      radiusKm: z.int().nullable(),
    }),
  ),
  status: z.enum(['none', 'active', 'cancelled']),
  submittedAt: z.coerce.date().nullable(),
  optedOut: z.boolean(),
})
export type MySignup = z.infer<typeof mySignupSchema>

const optOutSchema = z.object({
  dayName: z.string(),
  date: z.string(),
  regionName: z.string(),
  optedOut: z.boolean(),
})

export const signupRoutes = {
  mySignup: route({
    method: 'GET',
    path: '/api/days/:dayId/signup',
    summary: 'What I may ask for on a day, and what I asked',
    access: 'session',
    params: dayParams,
    response: mySignupSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  submitWishes: route({
    method: 'PUT',
    path: '/api/days/:dayId/signup',
    summary: 'Hand in my wishes, best first; what I had asked before is replaced',
    access: 'session',
    params: dayParams,
    body: z.object({ wishes: z.array(wishSchema).min(1).max(mostWishes) }),
    response: mySignupSchema,
    refusals: [
      'not-found',
      'forbidden',
      'day-cancelled',
      'sign-up-not-open',
      'sign-up-closed',
      'wish-repeated',
      'wish-own-role',
    ],
  }),
  cancelSignup: route({
    method: 'DELETE',
    path: '/api/days/:dayId/signup',
    summary: 'Take my sign-up back, at any time and without a reason',
    access: 'session',
    params: dayParams,
    response: 'none',
    refusals: ['not-found', 'forbidden'],
  }),
  chooseDayMail: route({
    method: 'PUT',
    path: '/api/days/:dayId/opt-out',
    summary: 'Choose whether I get mail about a day',
    access: 'session',
    params: dayParams,
    body: z.object({ optedOut: z.boolean() }),
    response: z.object({ optedOut: z.boolean() }),
    refusals: ['not-found', 'forbidden'],
  }),
  optOutLink: route({
    method: 'GET',
    path: '/api/opt-out-links/:token',
    summary: 'Which day an opt-out link is about; opening it changes nothing',
    access: 'capability',
    params: linkParams,
    response: optOutSchema,
    refusals: ['not-found'],
  }),
  optOutByLink: route({
    method: 'PUT',
    path: '/api/opt-out-links/:token',
    summary: 'Stop, or take up again, all mail about a day',
    access: 'capability',
    params: linkParams,
    body: z.object({ optedOut: z.boolean() }),
    response: optOutSchema,
    refusals: ['not-found'],
  }),
}
