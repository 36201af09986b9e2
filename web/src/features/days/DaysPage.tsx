import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Day, daysRoutes } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'

/** The days of a region, the latest first. */
export function DaysPage() {
  const { t } = useTranslation('days')
  const words = useWords()
  const { regionId } = useParams({ from: '/regions/$regionId/journees' })
  const query = useQuery(queryFor(daysRoutes.daysOfRegion, { params: { regionId } }))
  const create = (
    <Button
      component={Link}
      to="/regions/$regionId/journees/nouvelle"
      params={{ regionId } as never}
    >
      {t('list.create')}
    </Button>
  )
  return (
    <Page title={t('list.title')} lead={t('list.lead')} action={query.data?.length ? create : null}>
      <Answered query={query} shape="table">
        {(rows) => (
          <DataTable
            caption={t('list.title')}
            hideCaption
            rows={rows}
            rowKey={(day) => day.id}
            empty={
              <EmptyState title={t('list.none')} action={create}>
                {t('list.noneWhy')}
              </EmptyState>
            }
            columns={[
              { id: 'name', header: t('list.name'), title: true, cell: (day) => day.name },
              { id: 'date', header: t('list.date'), cell: (day) => words.date(day.date) },
              { id: 'state', header: t('list.state'), cell: (day) => t(`list.${stateOf(day)}`) },
              {
                id: 'open',
                header: t('list.actions'),
                bare: true,
                cell: (day) => (
                  <Button
                    variant="default"
                    component={Link}
                    to="/journees/$dayId"
                    params={{ dayId: day.id } as never}
                  >
                    {t('list.open')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Answered>
    </Page>
  )
}

function stateOf(day: Day): string {
  if (day.cancelledAt) return 'cancelled'
  if (day.publishedAt) return 'published'
  if (!day.signUpOpenedAt) return 'preparing'
  return day.signUpClosedAt ? 'closed' : 'opened'
}
