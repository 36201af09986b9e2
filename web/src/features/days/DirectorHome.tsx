import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Section } from '../../ui/Page.tsx'
import { DayLine } from './DayLine.tsx'

/** The day a director is in the middle of, on their first screen: the line and its next action. */
export function DirectorHome({
  dayId,
  action,
  quiet = false,
}: {
  dayId: string
  action: string
  /** Something else is asked of this person first. */
  quiet?: boolean
}) {
  const { t } = useTranslation('days')
  const words = useWords()
  const query = useQuery({
    ...queryFor(daysRoutes.timeline, { params: { dayId } }),
    refetchOnWindowFocus: true,
  })
  const day = query.data?.day
  return (
    <Section
      title={day ? day.name : t('day.waiting')}
      {...(day ? { lead: words.date(day.date) } : {})}
      aside={
        <Button variant="default" component={Link} to={`/journees/${dayId}` as '/'}>
          {action}
        </Button>
      }
    >
      <Answered query={query} shape="cards">
        {(timeline) => <DayLine timeline={timeline} quiet={quiet} />}
      </Answered>
    </Section>
  )
}
