import { z } from 'zod'
import { route } from '../contract.ts'

const feedSchema = z.object({
  /** For calendar programs; whoever knows it can read the meetings, without signing in. */
  url: z.url(),
})

// A derived token is 45 characters; anything much longer is not one.
const tokenParams = z.object({ token: z.string().min(10).max(200) })
const over = ['day-cancelled', 'day-over', 'not-published'] as const

export const feedRoutes = {
  myFeed: route({
    method: 'GET',
    path: '/api/feed',
    summary: 'The address of my calendar feed, for my calendar program alone',
    access: 'session',
    response: feedSchema,
    refusals: ['not-found'],
  }),
  renewFeed: route({
    method: 'POST',
    path: '/api/feed/renewal',
    summary: 'Another address for my calendar feed; the one before leads nowhere at once',
    access: 'session',
    response: feedSchema,
    refusals: ['not-found'],
  }),
  slotLinkFile: route({
    method: 'GET',
    path: '/api/slot-links/:token/meeting.ics',
    summary: 'The meeting of this link for its host’s calendar, under the UID of the invitation',
    access: 'capability',
    params: tokenParams,
    response: 'file',
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'slot-closed', ...over],
  }),
  placementLinkFile: route({
    method: 'GET',
    path: '/api/placement-links/:token/meeting.ics',
    summary: 'The meeting of this link for its guest’s calendar, under the UID of the invitation',
    access: 'capability',
    params: tokenParams,
    response: 'file',
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'placement-ended', ...over],
  }),
  slotFile: route({
    method: 'GET',
    path: '/api/slots/:slotId/meeting.ics',
    summary: 'A meeting I host, for my calendar',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    response: 'file',
    refusals: ['not-found', 'slot-closed', ...over],
  }),
  placementFile: route({
    method: 'GET',
    path: '/api/placements/:placementId/meeting.ics',
    summary: 'A meeting I visit, for my calendar',
    access: 'session',
    params: z.object({ placementId: z.uuid() }),
    response: 'file',
    refusals: ['not-found', 'placement-ended', ...over],
  }),
}
