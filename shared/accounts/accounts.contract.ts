import { z } from 'zod'
import { route } from '../contract.ts'
import { languageSchema } from '../vocabulary/language.ts'

/** RFC 5321 §4.5.3.1.3 allows 254 characters for an address in use. */
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254))

export const grantKinds = ['administrator', 'director', 'coordinator', 'trainer'] as const
export const grantKindSchema = z.enum(grantKinds)
export type GrantKind = z.infer<typeof grantKindSchema>

export const meSchema = z.object({
  accountId: z.uuid(),
  displayName: z.string(),
  language: languageSchema,
  grants: z.array(
    z.object({
      kind: grantKindSchema,
      regionId: z.uuid().nullable(),
      siteId: z.uuid().nullable(),
    }),
  ),
  memberships: z.array(z.object({ personId: z.uuid(), regionId: z.uuid(), siteId: z.uuid() })),
})
export type Me = z.infer<typeof meSchema>

export const regionSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
})
export type Region = z.infer<typeof regionSchema>

const isTimeZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

export const newRegionSchema = z.object({
  // Shown in mails as the organiser's name: long enough for any region, short enough for a phone.
  name: z.string().trim().min(2).max(80),
  timeZone: z.string().refine(isTimeZone),
})

export const grantSchema = z.object({
  id: z.uuid(),
  kind: grantKindSchema,
  displayName: z.string(),
  email: z.string(),
  siteId: z.uuid().nullable(),
  grantedAt: z.coerce.date(),
})

export const sessionSchema = z.object({
  id: z.uuid(),
  createdAt: z.coerce.date(),
  lastSeenAt: z.coerce.date(),
  current: z.boolean(),
})

export const accountsRoutes = {
  requestSignIn: route({
    method: 'POST',
    path: '/api/sign-in-links',
    summary: 'Ask for a sign-in link by mail; the answer never tells whether the account exists',
    access: 'public',
    body: z.object({ email: emailSchema }),
    response: z.object({ asked: z.literal(true) }),
    refusals: ['too-many-requests'],
  }),
  signIn: route({
    method: 'POST',
    path: '/api/sessions',
    summary: 'Exchange the token of a sign-in link, once, for a session',
    access: 'public',
    // A derived token is 44 characters; anything much longer is not one.
    body: z.object({ token: z.string().min(10).max(200) }),
    response: meSchema,
    refusals: ['link-expired', 'link-used', 'too-many-requests'],
  }),
  me: route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in and what they may do; null for nobody',
    access: 'public',
    response: meSchema.nullable(),
  }),
  chooseLanguage: route({
    method: 'PATCH',
    path: '/api/me',
    summary: 'Choose the language of screens and mails',
    access: 'session',
    body: z.object({ language: languageSchema }),
    response: meSchema,
  }),
  mySessions: route({
    method: 'GET',
    path: '/api/sessions',
    summary: 'Where I am signed in',
    access: 'session',
    response: z.array(sessionSchema),
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/sessions/:sessionId',
    summary: 'Sign out here (`current`) or end one of my sessions elsewhere',
    access: 'session',
    params: z.object({ sessionId: z.union([z.literal('current'), z.uuid()]) }),
    response: 'none',
  }),
  regions: route({
    method: 'GET',
    path: '/api/regions',
    summary: 'The regions I have to do with',
    access: 'session',
    response: z.array(regionSchema),
  }),
  createRegion: route({
    method: 'POST',
    path: '/api/regions',
    summary: 'Create a region',
    access: 'session',
    body: newRegionSchema,
    response: regionSchema,
    refusals: ['conflict'],
  }),
  grants: route({
    method: 'GET',
    path: '/api/regions/:regionId/grants',
    summary: 'Who is director, coordinator or trainer in a region',
    access: 'session',
    params: z.object({ regionId: z.uuid() }),
    response: z.array(grantSchema),
  }),
  grant: route({
    method: 'POST',
    path: '/api/regions/:regionId/grants',
    summary: 'Make somebody director or trainer of a region, or coordinator of a site',
    access: 'session',
    params: z.object({ regionId: z.uuid() }),
    body: z.discriminatedUnion('kind', [
      z.object({
        kind: z.enum(['director', 'trainer']),
        email: emailSchema,
        displayName: z.string().trim().min(1).max(120),
      }),
      z.object({
        kind: z.literal('coordinator'),
        email: emailSchema,
        displayName: z.string().trim().min(1).max(120),
        siteId: z.uuid(),
      }),
    ]),
    response: grantSchema,
    refusals: ['conflict', 'not-found'],
  }),
  withdrawGrant: route({
    method: 'DELETE',
    path: '/api/regions/:regionId/grants/:grantId',
    summary: 'Withdraw a grant',
    access: 'session',
    params: z.object({ regionId: z.uuid(), grantId: z.uuid() }),
    response: 'none',
    refusals: ['not-found'],
  }),
}
