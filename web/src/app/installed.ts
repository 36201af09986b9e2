import type { AnyRouter } from '@tanstack/react-router'

/** A worker in use takes its time to go: what comes later than this would cut into what one does next. */
const atOnce = 1_000

/** How often an app that stays open asks whether there is a newer one. */
const askEvery = 60 * 60_000

/**
 * Lets the app open with no network (web/worker). A newer version never changes the page under
 * somebody’s hands: it takes over when they go from one screen to another, by a whole page load.
 */
export async function install(router: AnyRouter): Promise<void> {
  // Plain http outside localhost has no service worker: the app then needs the network to open.
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const { serviceWorker } = navigator
  let current = serviceWorker.controller
  let isStale = false
  let isLeaving = false
  serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of a first visit replaces nothing.
    isStale = current !== null
    current = serviceWorker.controller
    if (isStale && isLeaving) location.reload()
  })
  const registration = await serviceWorker.register('/worker.js').catch(() => undefined)
  if (!registration) return

  router.subscribe('onBeforeLoad', ({ pathChanged, fromLocation }) => {
    if (!pathChanged || !fromLocation) return
    if (isStale) {
      // The router writes the new address a moment later, over a page load that went to the old one.
      router.history.flush()
      location.reload()
    } else if (registration.waiting) {
      isLeaving = true
      // Late, it waits for the next step between two screens.
      setTimeout(() => {
        isLeaving = false
      }, atOnce)
      registration.waiting.postMessage('take-over')
    }
  })
  let asked = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - asked < askEvery) return
    asked = Date.now()
    // Out of reach: asked again next time.
    registration.update().catch(() => {})
  })
}
