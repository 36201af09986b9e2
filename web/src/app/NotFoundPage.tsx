import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

/** An address that leads nowhere, with the way back. */
export function NotFoundPage() {
  const { t } = useTranslation('app')
  return (
    <Page title={t('notFound.title')} width="narrow">
      <EmptyState
        title={t('notFound.what')}
        action={
          <Button component={Link} to="/">
            {t('notFound.back')}
          </Button>
        }
      >
        {t('notFound.why')}
      </EmptyState>
    </Page>
  )
}
