import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Seating,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import type { SeatSilent } from '#shared/workshops/workshops.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { BottomBar, Page } from '../../ui/Page.tsx'
import { SeatedPeople } from './SeatedPeople.tsx'
import classes from './Workshops.module.css'

/** Who would sit where, before anybody is told; then told to everybody at once. */
export function SeatingPage() {
  const { t } = useTranslation('workshops')
  const params = useParams({ from: '/regions/$regionId/ateliers/$workshopId/places' })
  const { workshopId } = params
  const workshop = useQuery(queryFor(routes.workshop, { params: { workshopId } }))
  return (
    <Page
      title={t('seating.title')}
      kicker={workshop.data?.title}
      lead={t('seating.lead')}
      back={
        <Link to="/regions/$regionId/ateliers/$workshopId" params={params}>
          {t('seating.back')}
        </Link>
      }
    >
      <Answered query={workshop} shape="cards">
        {(read) => <Previewed workshop={read} />}
      </Answered>
    </Page>
  )
}

function Previewed({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops')
  const asked = workshop.status !== 'preparing'
  const [silent, setSilent] = useState<SeatSilent>(asked ? 'leave' : 'seat')
  const seating = useQuery({
    ...queryFor(routes.seating, { params: { workshopId: workshop.id }, query: { silent } }),
    retry: false,
    placeholderData: (before) => before,
  })
  return (
    <>
      {asked && (
        <Switch
          label={t('seating.silent')}
          description={t('seating.silentHint')}
          checked={silent === 'seat'}
          onChange={({ currentTarget }) => setSilent(currentTarget.checked ? 'seat' : 'leave')}
        />
      )}
      <Answered query={seating} shape="cards">
        {(plan) => (
          <>
            <PlanFigures plan={plan} asked={asked} />
            <SeatedPeople workshop={workshop} people={plan.people} />
            <Publish workshop={workshop} plan={plan} silent={silent} />
          </>
        )}
      </Answered>
    </>
  )
}

function PlanFigures({ plan, asked }: { plan: Seating; asked: boolean }) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const { placed, withoutSeat, byRank, kilometres, seats } = plan
  const [first = 0, second = 0, third = 0] = byRank
  const hint = t('figures.nextRanks', {
    second: words.count(second),
    third: words.count(third),
  })
  return (
    <Figures>
      <Figure
        value={words.count(placed)}
        label={t('figures.placed', { count: placed })}
        hint={t('balance.seats', { count: seats, number: words.count(seats) })}
      />
      {asked ? (
        <Figure
          value={words.count(first)}
          label={t('figures.firstChoice', { count: first })}
          hint={hint}
        />
      ) : (
        <Figure value={words.count(kilometres)} label={t('figures.kilometres')} />
      )}
      <Figure
        value={words.count(withoutSeat)}
        label={t('figures.withoutSeat', { count: withoutSeat })}
      />
    </Figures>
  )
}

/** Asks once, says who is told what; what was shown is what is published. */
function Publish({
  workshop,
  plan,
  silent,
}: {
  workshop: Workshop
  plan: Seating
  silent: SeatSilent
}) {
  const { t } = useTranslation(['workshops', 'app'])
  const words = useWords()
  const navigate = useNavigate()
  const publish = useCall(routes.publishSeating)
  const [asking, setAsking] = useState(false)
  const { id: workshopId, regionId, version } = workshop
  const { placed, withoutSeat, fingerprint } = plan
  const placedWords = t('publish.placed', { count: placed, number: words.count(placed) })
  const restWords = t('publish.rest', { count: withoutSeat, number: words.count(withoutSeat) })
  return (
    <>
      <Refused error={publish.error} />
      <BottomBar note={t('publish.note')}>
        <Button size="lg" disabled={placed === 0} onClick={() => setAsking(true)}>
          {t('publish.button')}
        </Button>
      </BottomBar>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          publish.mutate(
            { params: { workshopId }, body: { version, fingerprint, silent } },
            {
              onSettled: () => setAsking(false),
              onSuccess: () =>
                void navigate({
                  to: '/regions/$regionId/ateliers/$workshopId',
                  params: { regionId, workshopId },
                }),
            },
          )
        }
        title={t('publish.ask', { count: placed, number: words.count(placed) })}
        confirm={t('publish.confirm')}
        cancel={t('notYet')}
        close={t('app:close')}
        busy={publish.isPending}
      >
        <ul className={classes.told}>
          <li>{placedWords}</li>
          {withoutSeat > 0 && <li>{restWords}</li>}
          <li>{t('publish.facilitators')}</li>
        </ul>
      </ConfirmDialog>
    </>
  )
}
