import type { MySignup, WishInput } from '#shared/signup/signup.contract.ts'

export type Role = MySignup['roles'][number]
export type Wish = MySignup['wishes'][number]

/** A wish in the hand: its own key, so that it stays the same card while it moves. */
export interface HeldWish extends Wish {
  key: string
}

/** What the server is asked for: exactly what belongs to the place, and no key. */
export function wishInput({ roleId, periodId, place, siteId, radiusKm }: Wish): WishInput {
  return {
    roleId,
    periodId,
    place,
    siteId: place === 'site' ? siteId : null,
    radiusKm: place === 'near' ? radiusKm : null,
  }
}

export const sameWish = (a: Wish, b: Wish) =>
  JSON.stringify(wishInput(a)) === JSON.stringify(wishInput(b))

/** Kilometres between two points by the haversine formula, to count places as the server will. */
function kilometres(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const h =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * 6_371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

const townKey = (town: string) =>
  town
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** How many places a wish opens today, and in how many sites: told before it is chosen. */
export function reach(mine: MySignup, wish: Wish): { places: number; sites: number } {
  const siteOf = new Map(mine.sites.map((site) => [site.id, site]))
  const home = siteOf.get(mine.home.siteId)
  const fits = (siteId: string) => {
    if (wish.place === 'any') return true
    if (wish.place === 'site') return siteId === wish.siteId
    const site = siteOf.get(siteId)
    if (!home || !site) return false
    if (siteId === home.id) return true
    const inTown = townKey(site.town) === townKey(home.town)
    if (wish.place === 'town') return inTown
    const { latitude, longitude } = site
    if (latitude === null || longitude === null) return inTown
    if (home.latitude === null || home.longitude === null) return inTown
    const from = { latitude: home.latitude, longitude: home.longitude }
    return kilometres(from, { latitude, longitude }) <= (wish.radiusKm ?? 0)
  }
  const offers = mine.offers.filter(
    (offer) =>
      (wish.roleId === null || wish.roleId === offer.roleId) &&
      (wish.periodId === null || wish.periodId === offer.periodId) &&
      fits(offer.siteId),
  )
  return {
    places: offers.reduce((sum, { places }) => sum + places, 0),
    sites: new Set(offers.map(({ siteId }) => siteId)).size,
  }
}
