import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Workshop } from '#shared/workshops/workshops.offers.contract.ts'
import { useWords } from '../../app/words.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { NextStep } from '../../ui/NextStep.tsx'
import { Propose } from './Propose.tsx'
import { seatsOf } from './workshops.sessions.ts'
import { useCourseDrawing, useStanding } from './workshops.words.ts'

/** What a workshop asks of its director now: one card, one button, three figures. */
export function WorkshopStep({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops')
  const { standing, next, title, text } = useStanding(workshop)
  const { regionId, id: workshopId } = workshop
  const drawing = useCourseDrawing(workshop.course)
  const seating = (key: 'seat' | 'seatUnasked', variant: 'filled' | 'default') => (
    <Button
      component={Link}
      to="/regions/$regionId/ateliers/$workshopId/places"
      params={{ regionId, workshopId } as never}
      variant={variant}
    >
      {t(`seating.${key}`)}
    </Button>
  )
  return (
    <NextStep
      title={title}
      quiet={standing === 'over' || standing === 'cancelled'}
      drawing={drawing}
      figures={<StepFigures workshop={workshop} />}
      action={
        standing === 'preparing' ? (
          <>
            <Propose workshop={workshop} />
            {seating('seatUnasked', 'default')}
          </>
        ) : standing === 'choosing' ? (
          // Before people had their time to choose, it is there without being asked for.
          seating('seat', isWaited(workshop) ? 'default' : 'filled')
        ) : standing === 'over' ? (
          <Button
            component={Link}
            to="/regions/$regionId/parcours"
            params={{ regionId } as never}
            variant="default"
          >
            {t('programme')}
          </Button>
        ) : (
          next && (
            <Button
              component={Link}
              to="/regions/$regionId/ateliers/$workshopId/$sessionId"
              params={{ regionId, workshopId, sessionId: next.id } as never}
            >
              {t(`standing.${standing}.action`)}
            </Button>
          )
        )
      }
    >
      {text}
    </NextStep>
  )
}

/** Some may still choose, and have not. */
const isWaited = ({ people, answered, declined, chooseUntil }: Workshop) =>
  answered + declined < people && chooseUntil !== null && chooseUntil > new Date()

function StepFigures({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const { people, withoutAddress, answered, declined, withoutSeat, status } = workshop
  const { seats, seated, waiting, came } = seatsOf(workshop)
  const figure = (key: string, count: number, hint?: string) => (
    <Figure value={words.count(count)} label={t(`figures.${key}`, { count })} hint={hint} />
  )
  const unreached =
    withoutAddress > 0
      ? t('figures.withoutAddress', { count: withoutAddress, number: words.count(withoutAddress) })
      : undefined
  if (status === 'cancelled') return null
  if (status === 'choosing') {
    return (
      <Figures>
        {figure('answered', answered)}
        {figure('declined', declined)}
        {figure('silent', people - answered - declined, unreached)}
      </Figures>
    )
  }
  if (status === 'seated') {
    return (
      <Figures>
        {figure('seated', seated)}
        {figure('waiting', waiting)}
        {came > 0 ? figure('came', came) : figure('withoutSeat', withoutSeat)}
      </Figures>
    )
  }
  return (
    <Figures>
      {figure('seats', seats)}
      {figure('people', people, unreached)}
    </Figures>
  )
}
