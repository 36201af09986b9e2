import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { ReceivedThanks } from './ReceivedThanks.tsx'
import { ThankHost } from './ThankHost.tsx'

/** The cards of a day: the one for my host, and those that came from my guests. */
export function ThanksPage() {
  const { t } = useTranslation('thanks')
  const { dayId } = useParams({ from: '/journees/$dayId/merci' })
  const thanks = useQuery(queryFor(routes.thanks, { params: { dayId } }))
  return (
    <Page title={t('title')} back={<Link to="/">{t('back')}</Link>} width="narrow">
      <Answered query={thanks} shape="cards">
        {({ own, received }) => {
          const nothing = received.length === 0 && own?.state !== 'open' && !own?.card
          return nothing ? (
            <EmptyState title={t('none')} drawing="heart">
              {t(own?.state === 'early' ? 'noneEarly' : 'noneWhy')}
            </EmptyState>
          ) : (
            <Stack gap="xl">
              <ReceivedThanks by={{ by: 'day', dayId }} />
              <ThankHost by={{ by: 'day', dayId }} open />
            </Stack>
          )
        }}
      </Answered>
    </Page>
  )
}
