import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DayDetails } from '#shared/days/days.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Refused } from '../../app/Refused.tsx'
import { Page } from '../../ui/Page.tsx'
import { DayForm } from './DayForm.tsx'

/** Change a day while nothing is published. */
export function DaySettingsPage() {
  const { t } = useTranslation('days')
  const { dayId } = useParams({ from: '/journees/$dayId/reglages' })
  const day = useQuery(queryFor(daysRoutes.day, { params: { dayId } }))
  return (
    <Page
      title={t('settings.title')}
      lead={t('settings.lead')}
      width="narrow"
      back={<BackToDay dayId={dayId} />}
    >
      <Answered query={day} shape="lines">
        {(found) => <Settings day={found} />}
      </Answered>
    </Page>
  )
}

function Settings({ day }: { day: DayDetails }) {
  const { t } = useTranslation('days')
  const navigate = useNavigate()
  const params = { regionId: day.regionId }
  const defaults = useQuery(queryFor(daysRoutes.dayDefaults, { params, query: { date: day.date } }))
  const save = useCall(daysRoutes.updateDay)
  // Sweden writes dates as ISO does.
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone: day.timeZone, dateStyle: 'short' })
  return (
    <Answered query={defaults} shape="lines">
      {({ irritants }) => (
        <DayForm
          initial={{
            name: day.name,
            date: day.date,
            periods: day.periods.map(({ code, nameFr, nameEn, startsAt, endsAt }) => ({
              code,
              nameFr,
              nameEn,
              startsAt,
              endsAt,
            })),
            offersCloseOn: date.format(day.offersCloseAt),
            signUpClosesOn: date.format(day.signUpClosesAt),
            confirmUntil: date.format(day.confirmUntil),
            focusIrritantIds: day.focusIrritantIds,
            releaseRequired: day.releaseRequired,
            expectedGuests: day.expectedGuests,
          }}
          irritants={irritants}
          submit={t('settings.submit')}
          busy={save.isPending}
          refused={<Refused error={save.error} />}
          onSubmit={(body) =>
            save.mutate(
              { params: { dayId: day.id }, body },
              {
                onSuccess: () => navigate({ to: '/journees/$dayId', params: { dayId: day.id } }),
              },
            )
          }
        />
      )}
    </Answered>
  )
}
