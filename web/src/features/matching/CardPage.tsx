import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { type Card, matchingRoutes } from '#shared/matching/matching.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { ToMyArrival, useMyArriving } from '../attendance/ToArrivals.tsx'
import { MeetingAnswer } from '../confirmations/MeetingAnswer.tsx'
import { drawingOf, initialOf } from '../roster/roster.cards.ts'
import { WaitAgain } from '../waiting/WaitAgain.tsx'
import { WaitingPanel } from '../waiting/WaitingPanel.tsx'
import classes from './Matching.module.css'
import { useReason } from './matching.words.ts'
import { WishReasons } from './WishReasons.tsx'

/** The card one was dealt, and why; honest when there is none. */
export function CardPage() {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { dayId } = useParams({ from: '/journees/$dayId/ma-carte' })
  const card = useQuery(queryFor(matchingRoutes.myCard, { params: { dayId } }))
  const day = card.data?.day
  const kicker = day && `${day.name} · ${words.fullDate(day.date)}`
  return (
    <Page title={t('card.title')} kicker={kicker} width="narrow">
      <Answered query={card} shape="cards">
        {(mine) => <CardOf card={mine} />}
      </Answered>
    </Page>
  )
}

function CardOf({ card }: { card: Card }) {
  const { t } = useTranslation('matching')
  const toWishes = (label: string) => (
    <Button component={Link} to={`/journees/${card.day.id}/voeux`} variant="default">
      {label}
    </Button>
  )
  if (card.state === 'placed') return <Placed card={card} />
  if (card.state === 'not-placed') return <NotPlaced card={card} />
  if (card.state === 'waiting') {
    return (
      <FaceDown label={t('card.waitingBack')}>
        <Notice title={t('card.waiting')} action={toWishes(t('card.seeWishes'))}>
          {t('card.waitingText')}
        </Notice>
      </FaceDown>
    )
  }
  if (card.state === 'ended') {
    return (
      <WaitingPanel day={card.day}>
        <FaceDown label={t('card.endedBack')}>
          <Notice tone="warn" title={t('card.ended')}>
            {t(`card.endedWhy.${card.endedReason}`)}
          </Notice>
        </FaceDown>
      </WaitingPanel>
    )
  }
  const words = { none: 'none', cancelled: 'cancelled', 'day-cancelled': 'dayCancelled' } as const
  const key = words[card.state]
  return (
    <EmptyState
      title={t(`card.${key}`)}
      action={
        <Stack>
          {card.state === 'cancelled' && <WaitAgain dayId={card.day.id} />}
          {toWishes(t('card.seeWishes'))}
        </Stack>
      }
    >
      {t(`card.${key}Text`)}
    </EmptyState>
  )
}

function FaceDown({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Stack gap="xl" align="center">
      <div className={classes.down}>
        <PlayingCard size="lg" index="" title="" faceDown backLabel={label} motion="deal" />
      </div>
      {children}
    </Stack>
  )
}

/** Long enough to see that a card was dealt, short enough not to be waited for. */
const turnAfterMilliseconds = 650

function Placed({ card }: { card: Card }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const reason = useReason('guest')
  const [down, setDown] = useState(
    () => !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  )
  useEffect(() => {
    const timer = setTimeout(() => setDown(false), turnAfterMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  const { placement } = card
  if (!placement) return null
  const { role } = placement
  const hours = words.hours(placement, card.day.timeZone)
  const conditions = (['noCalls', 'accessible', 'safetyEquipment'] as const).filter(
    (condition) => placement[condition],
  )
  return (
    <Stack gap="xl" align="center">
      <div className={classes.dealt}>
        <PlayingCard
          size="lg"
          level={2}
          index={initialOf(role)}
          drawing={drawingOf(role)}
          kicker={hours}
          title={words.name(role)}
          lead={t('card.with', { host: placement.hostFirstName })}
          faceDown={down}
          backLabel={t('card.turning')}
          motion="deal"
        >
          <p className={classes.place}>
            <strong>{placement.siteName}</strong>
            <br />
            {placement.address}
            <br />
            {placement.postcode} {placement.town}
          </p>
          {placement.note && <p className={classes.note}>{placement.note}</p>}
          {conditions.length > 0 && (
            <ul className={classes.conditions}>
              {conditions.map((condition) => (
                <li key={condition}>{t(`card.conditions.${condition}`)}</li>
              ))}
            </ul>
          )}
        </PlayingCard>
      </div>
      <ToMyArrival dayId={card.day.id} />
      <Answer dayId={card.day.id} placementId={placement.id} />
      {card.why && (
        <div className={classes.why}>
          <Fold title={t('card.why')}>
            <p>{reason(card.why)}</p>
            <WishReasons wishes={card.why.wishes} />
          </Fold>
        </div>
      )}
    </Stack>
  )
}

/** « I'll be there » or « I can no longer come », as everywhere else meetings are answered. */
function Answer({ dayId, placementId }: { dayId: string; placementId: string }) {
  const meetings = useQuery(queryFor(confirmationsRoutes.myMeetings, { params: { dayId } }))
  const meeting = meetings.data?.find(({ id }) => id === placementId)
  const arriving = useMyArriving(dayId)
  if (!meeting) return null
  return (
    <div className={classes.why}>
      <MeetingAnswer meeting={meeting} by="session" quiet={arriving} />
    </div>
  )
}

function NotPlaced({ card }: { card: Card }) {
  const { t } = useTranslation('matching')
  const reason = useReason('guest')
  return (
    <WaitingPanel day={card.day}>
      <FaceDown label={t('card.noneBack')}>
        <Notice title={t('card.notPlaced')}>
          {card.why && <p>{reason(card.why)}</p>}
          <p>{t('card.notPlacedText')}</p>
        </Notice>
        {card.why && (
          <div className={classes.why}>
            <Fold title={t('card.whyNot')}>
              <WishReasons wishes={card.why.wishes} />
            </Fold>
          </div>
        )}
      </FaceDown>
    </WaitingPanel>
  )
}
