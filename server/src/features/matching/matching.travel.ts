import { kilometresBetween, type PlacedSite } from '#server/features/signup/signup.rules.ts'
import type { Instance } from './core/instance.ts'
import type { Travel } from './core/objectives/baselines.ts'

/** Whole kilometres as the crow flies between people's own sites and the slots'. */
export interface Journeys {
  /** Between sites of which one has no coordinates, the mean of all known ways: neither an advantage nor a drawback. */
  travel: Travel
  /** The same, 0 where it is not known: what may be told as a sum. */
  known: Travel
}

interface Travellers {
  guests: readonly { personId: string; siteId: string }[]
  slots: readonly { id: string; siteId: string }[]
  sites: readonly PlacedSite[]
}

/** Journeys from every guest of an instance to each of its slots. */
export function journeysOf({ guests, slots, sites }: Travellers, instance: Instance): Journeys {
  const at = new Map(sites.map(({ id }, index) => [id, index]))
  const km = sites.map((from) => sites.map((to) => kilometres(from, to)))
  const apart = km.flatMap((row, a) => row.filter((way, b) => a !== b && way !== null))
  const total = apart.reduce((sum: number, way) => sum + way!, 0)
  const usual = apart.length === 0 ? 0 : Math.round(total / apart.length)
  const homeOf = new Map(guests.map(({ personId, siteId }) => [personId, at.get(siteId)]))
  const placeOf = new Map(slots.map(({ id, siteId }) => [id, at.get(siteId)]))
  const homes = instance.guestIds.map((id) => homeOf.get(id) ?? -1)
  const places = instance.slotIds.map((id) => placeOf.get(id) ?? -1)
  const between = (u: number, s: number) => km[homes[u]]?.[places[s]] ?? null
  return {
    travel: (u, s) => between(u, s) ?? usual,
    known: (u, s) => between(u, s) ?? 0,
  }
}

/** null where a site has no coordinates and is not the same. */
function kilometres(a: PlacedSite, b: PlacedSite): number | null {
  if (a.id === b.id) return 0
  const { latitude, longitude } = a
  if (latitude === null || longitude === null) return null
  if (b.latitude === null || b.longitude === null) return null
  const from = { latitude, longitude }
  return Math.round(kilometresBetween(from, { latitude: b.latitude, longitude: b.longitude }))
}
