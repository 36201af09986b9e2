import type { Attended, Sayer } from '#shared/attendance/attendance.vocabulary.ts'

export interface AttendanceTables {
  attendances: {
    placement_id: string
    region_id: string
    day_id: string
    said: Attended
    said_by: Sayer
    said_at: Date
    met_host: boolean
    before: Attended | null
    before_by: Sayer | null
  }
  host_absences: {
    slot_id: string
    region_id: string
    day_id: string
    said_by: Sayer
    said_at: Date
  }
}
