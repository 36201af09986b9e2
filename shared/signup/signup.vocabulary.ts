import { z } from 'zod'

/** Anywhere, the town of one's own site, within some kilometres of it, or one site. */
export const wishPlaces = ['any', 'town', 'near', 'site'] as const
export const wishPlaceSchema = z.enum(wishPlaces)
export type WishPlace = z.infer<typeof wishPlaceSchema>

/** As many as fit into a hand held on a phone. */
export const mostWishes = 5
/** No region of France is wider. */
export const widestRadiusKm = 500
