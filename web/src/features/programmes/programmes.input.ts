import type { Programme, ProgrammeInput } from '#shared/programmes/programmes.contract.ts'

/** What a director said of a programme, as it is sent again with a change. */
export const inputOf = ({
  name,
  audience,
  counted,
  startsOn,
  monthsBetween,
  steps,
}: Programme): ProgrammeInput => ({
  name,
  audience,
  counted,
  startsOn,
  monthsBetween,
  reminders: steps.map(({ reminder }) => reminder),
})

/** When a programme begins unless told: long enough to tell people before. */
export const inFourWeeks = (today: string) =>
  new Date(Date.parse(today) + 28 * 86_400_000).toISOString().slice(0, 10)
