import { z } from 'zod'

/** What became of a place offered to somebody on the waiting list. */
export const seatOfferStatuses = [
  'pending',
  'accepted',
  'declined',
  'expired',
  'withdrawn',
] as const
export const seatOfferStatusSchema = z.enum(seatOfferStatuses)
export type SeatOfferStatus = z.infer<typeof seatOfferStatusSchema>

/**
 * Why an offer was taken back before anybody answered: the slot has no place for it any more, the
 * plan was made anew, its holder hosts at that hour or left the day, or the day is cancelled.
 */
export const withdrawnReasons = ['slot-gone', 'replanned', 'not-free', 'day-cancelled'] as const
export const withdrawnReasonSchema = z.enum(withdrawnReasons)
export type WithdrawnReason = z.infer<typeof withdrawnReasonSchema>
