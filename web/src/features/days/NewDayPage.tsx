import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Page } from '../../ui/Page.tsx'
import { DayForm } from './DayForm.tsx'

/** Ten weeks ahead on a Thursday: time to ask hosts, and no Monday rush or Friday leave. */
function usualDate(today: Date): string {
  const date = new Date(today.getTime() + 70 * 86_400_000)
  date.setUTCDate(date.getUTCDate() + ((4 - date.getUTCDay() + 7) % 7))
  return date.toISOString().slice(0, 10)
}

/** Create a day: everything is proposed, anything can be changed. */
export function NewDayPage() {
  const { t } = useTranslation('days')
  const { regionId } = useParams({ from: '/regions/$regionId/journees/nouvelle' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const defaultsOn = (date: string) =>
    queryFor(daysRoutes.dayDefaults, { params: { regionId }, query: { date } })
  const date = usualDate(new Date())
  const defaults = useQuery(defaultsOn(date))
  const create = useCall(daysRoutes.createDay)
  return (
    <Page title={t('new.title')} lead={t('new.lead')} width="narrow">
      <Answered query={defaults} shape="lines">
        {({ irritants, timeZone: _, ...proposed }) => (
          <DayForm
            initial={{
              ...proposed,
              name: t('new.name'),
              date,
              focusIrritantIds: irritants.map(({ id }) => id),
              releaseRequired: true,
              expectedGuests: null,
            }}
            irritants={irritants}
            submit={t('new.submit')}
            busy={create.isPending}
            refused={<Refused error={create.error} />}
            onDate={async (picked) => {
              const { offersCloseOn, signUpClosesOn, confirmUntil } = await client.fetchQuery(
                defaultsOn(picked),
              )
              return { offersCloseOn, signUpClosesOn, confirmUntil }
            }}
            onSubmit={(body) =>
              create.mutate(
                { params: { regionId }, body },
                {
                  onSuccess: ({ id }) =>
                    navigate({ to: '/journees/$dayId', params: { dayId: id } }),
                },
              )
            }
          />
        )}
      </Answered>
    </Page>
  )
}
