import {
  cleanupOutdatedCaches,
  matchPrecache,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

// Keeps the app itself on the device, so that it opens with no network: pages, texts, fonts.
// It never touches /api: what people read and write passes by untouched and unkept.

declare const self: ServiceWorkerGlobalScope
/** Filled in by the build: see web/vite.config.ts. */
declare const toKeep: PrecacheEntry[]

precacheAndRoute(toKeep)
cleanupOutdatedCaches()

/** Every address of the app is the same page; what the server alone knows is left to it. */
const theApp = new NavigationRoute(
  async ({ request }) => {
    // A device whose cache cannot be read is one with no cache, not one without the app.
    const kept = await matchPrecache('/index.html').catch(() => undefined)
    return kept ?? fetch(request)
  },
  { denylist: [/^\/(api|healthz|agenda|assets|icons)(\/|$)/] },
)
registerRoute(theApp)

// The first page of the first visit is looked after at once. A later version waits until the page
// says, between two of its screens, that it may take over: see web/src/app/installed.ts.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
})
