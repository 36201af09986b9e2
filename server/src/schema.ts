import type { AccountsTables } from './features/accounts/accounts.table.ts'
import type { ActionsTables } from './features/actions/actions.table.ts'
import type { AnswersTables } from './features/answers/answers.table.ts'
import type { AttendanceTables } from './features/attendance/attendance.table.ts'
import type { ConfirmationsTables } from './features/confirmations/confirmations.table.ts'
import type { DaysTables } from './features/days/days.table.ts'
import type { DebriefTables } from './features/debrief/debrief.table.ts'
import type { FindingsTables } from './features/findings/findings.table.ts'
import type { HandoversTables } from './features/handovers/handovers.table.ts'
import type { InvitationsTables } from './features/invitations/invitations.table.ts'
import type { KitsTables } from './features/kits/kits.table.ts'
import type { MatchingTables } from './features/matching/matching.table.ts'
import type { ObservationsTables } from './features/observations/observations.table.ts'
import type { ProgrammesTables } from './features/programmes/programmes.table.ts'
import type { RecordsTables } from './features/records/records.table.ts'
import type { RemindersTables } from './features/reminders/reminders.table.ts'
import type { ReportsTables } from './features/reports/reports.table.ts'
import type { RosterTables } from './features/roster/roster.table.ts'
import type { SignupTables } from './features/signup/signup.table.ts'
import type { SlotsTables } from './features/slots/slots.table.ts'
import type { ThanksTables } from './features/thanks/thanks.table.ts'
import type { WaitingTables } from './features/waiting/waiting.table.ts'
import type { WorkshopsTables } from './features/workshops/workshops.table.ts'
import type { PlatformTables } from './platform/platform.table.ts'

/** Every table of the database, told by the feature that owns it. */
export interface Schema
  extends PlatformTables,
    AccountsTables,
    RosterTables,
    DaysTables,
    SlotsTables,
    SignupTables,
    MatchingTables,
    WaitingTables,
    ConfirmationsTables,
    HandoversTables,
    InvitationsTables,
    KitsTables,
    AttendanceTables,
    ObservationsTables,
    ThanksTables,
    FindingsTables,
    DebriefTables,
    ActionsTables,
    ReportsTables,
    RemindersTables,
    WorkshopsTables,
    RecordsTables,
    ProgrammesTables,
    AnswersTables {}
