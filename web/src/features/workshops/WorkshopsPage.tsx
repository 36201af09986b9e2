import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { CourseShelf } from './CourseShelf.tsx'
import { DirectedTickets } from './DirectedTicket.tsx'
import classes from './Workshops.module.css'
import { type Standing, standingOf } from './workshops.sessions.ts'
import { useStanding } from './workshops.words.ts'

/** The workshops of a region, each a line of sessions; below them what there is to lead. */
export function WorkshopsPage() {
  const { t } = useTranslation('workshops')
  const { regionId } = useParams({ from: '/regions/$regionId/ateliers' })
  const params = { regionId }
  const workshops = useQuery(queryFor(routes.workshops, { params }))
  useLive(routes.workshopsLive, { params }, [['api', 'regions', regionId, 'workshops']])
  const some = (workshops.data?.workshops.length ?? 0) > 0
  const begin = (
    <Button
      component={Link}
      to="/regions/$regionId/ateliers/nouveau"
      params={params as never}
      variant={some ? 'default' : 'filled'}
    >
      {t('list.new')}
    </Button>
  )
  return (
    <Page title={t('list.title')} lead={t('list.lead')} action={some && begin}>
      <Answered query={workshops} shape="cards">
        {({ workshops: all }) =>
          all.length === 0 ? (
            <EmptyState drawing="glass" title={t('list.none')} action={begin}>
              {t('list.noneWhy')}
            </EmptyState>
          ) : (
            <Workshops all={all} />
          )
        }
      </Answered>
      <Section title={t('list.courses')} lead={t('shelf.lead')}>
        <CourseShelf />
      </Section>
    </Page>
  )
}

const isPast = (workshop: Workshop) => ['over', 'cancelled'].includes(standingOf(workshop))

/** Where a director is waited for, the button stands out. */
const asks: Standing[] = ['preparing', 'choosing', 'today']

function Workshops({ all }: { all: Workshop[] }) {
  const { t } = useTranslation('workshops')
  const past = all.filter(isPast)
  const alive = all.filter((workshop) => !isPast(workshop))
  return (
    <div className={classes.stack}>
      {alive.map((workshop) => (
        <WorkshopLine key={workshop.id} workshop={workshop} />
      ))}
      {past.length > 0 && (
        <Fold title={t('list.past', { count: past.length })} open={alive.length === 0}>
          <div className={classes.stack}>
            {past.map((workshop) => (
              <WorkshopLine key={workshop.id} workshop={workshop} />
            ))}
          </div>
        </Fold>
      )}
    </div>
  )
}

function WorkshopLine({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops')
  const { standing, title, text } = useStanding(workshop)
  return (
    <section className={classes.line} aria-label={workshop.title}>
      <div className={classes.lineHead}>
        <div className={classes.lineWords}>
          <p className={classes.status} data-standing={standing}>
            {t(`standing.${standing}.status`)}
          </p>
          <h2>{workshop.title}</h2>
          <p>
            <strong>{title}.</strong> {text}
          </p>
        </div>
        <Button
          component={Link}
          to="/regions/$regionId/ateliers/$workshopId"
          params={{ regionId: workshop.regionId, workshopId: workshop.id } as never}
          variant={asks.includes(standing) ? 'filled' : 'default'}
          aria-label={`${t(`standing.${standing}.open`)} : ${workshop.title}`}
        >
          {t(`standing.${standing}.open`)}
        </Button>
      </div>
      <DirectedTickets workshop={workshop} />
    </section>
  )
}
