import { z } from 'zod'
import { route } from '../contract.ts'

const feedSchema = z.object({
  /** For calendar programs; whoever knows it can read the meetings, without signing in. */
  url: z.url(),
})

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
}
