import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { picturesRoutes as routes } from '#shared/observations/observations.pictures.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { DayPictures } from './DayPictures.tsx'
import { RenewCredential } from './RenewCredential.tsx'

/** For the projector: where it hurts, in five pictures; each opens onto what people wrote. */
export function HeatMapPage() {
  const { t } = useTranslation('observations')
  const { dayId } = useParams({ from: '/journees/$dayId/irritants' })
  // The room watches it fill.
  const map = useQuery({
    ...queryFor(routes.pictures, { params: { dayId } }),
    refetchInterval: 30_000,
  })
  return (
    <Page
      title={t('map.title')}
      kicker={map.data?.dayName}
      lead={t('map.lead')}
      width="full"
      back={<BackToDay dayId={dayId} />}
      action={
        map.data && (
          <Group gap="xs">
            <Button component={Link} to={`/journees/${dayId}/constats` as '/'}>
              {t('map.gather')}
            </Button>
            <Button
              component={Link}
              variant="default"
              to="/regions/$regionId/irritants"
              params={{ regionId: map.data.regionId } as never}
            >
              {t('irritants.title')}
            </Button>
          </Group>
        )
      }
    >
      <Answered query={map} shape="table">
        {(data) =>
          data.groups.length === 0 ? (
            <EmptyState title={t('map.empty')}>{t('map.emptyWhy')}</EmptyState>
          ) : (
            <>
              <DayPictures dayId={dayId} pictures={data} />
              <RenewCredential dayId={dayId} />
            </>
          )
        }
      </Answered>
    </Page>
  )
}
