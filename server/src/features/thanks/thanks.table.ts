export interface ThanksTables {
  thanks_intake: {
    key: string
    day_id: string
    sealed: string
    leaves_on: string
  }
  thanks: {
    id: string
    region_id: string
    day_id: string
    placement_id: string
    host_id: string
    words: string
    signed: boolean
    left_on: string
  }
}
