import type { WishPlace } from '#shared/signup/signup.vocabulary.ts'

export interface SignupTables {
  signups: {
    id: string
    region_id: string
    day_id: string
    person_id: string
    status: 'active' | 'cancelled'
    submitted_at: Date
    /** The first time; `submitted_at` is the last. */
    signed_up_at: Date
    cancelled_at: Date | null
  }
  wishes: {
    id: string
    region_id: string
    day_id: string
    signup_id: string
    rank: number
    role_id: string | null
    period_id: string | null
    place: WishPlace
    site_id: string | null
    radius_km: number | null
  }
  day_opt_outs: {
    region_id: string
    day_id: string
    person_id: string
    opted_out_at: Date
  }
}
