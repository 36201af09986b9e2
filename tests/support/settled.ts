import type { BrowserContext, Page, Request } from 'playwright-core'
import { vi } from 'vitest'

/** What each page has asked for and not yet had; a stream never ends, so none is waited for. */
const underWay = new WeakMap<Page, Set<Request>>()

/** Counts the requests of every page opened in a browser profile from now on. */
export function followRequests(context: BrowserContext): void {
  context.on('page', (page) => {
    const requests = new Set<Request>()
    underWay.set(page, requests)
    page.on('request', (request) => {
      if (request.resourceType() !== 'eventsource') requests.add(request)
    })
    page.on('requestfinished', (request) => requests.delete(request))
    page.on('requestfailed', (request) => requests.delete(request))
  })
}

/**
 * Waits until a page shows what it is going to show: nothing asked for is still to come, it has been
 * drawn, and what moves has arrived. Playwright's own « networkidle » is half a second at best, and
 * five where a page follows a stream.
 */
export async function settled(page: Page): Promise<void> {
  const requests = underWay.get(page)
  if (!requests) throw new Error('followRequests was not told of the profile of this page')
  const still = async () => {
    if (requests.size > 0) return false
    await page.evaluate(drawn)
    return requests.size === 0
  }
  await vi.waitUntil(still, { timeout: 5_000, interval: 20 })
}

/** In the page: what an answer changed is drawn after two frames, and its transitions have begun. */
async function drawn(): Promise<void> {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  await frame()
  await frame()
  const ending = document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.all(ending.map(({ finished }) => finished.catch(() => {})))
}
