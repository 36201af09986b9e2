import { Button } from '@mantine/core'
import { Link, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loading } from '../ui/Loading.tsx'
import { NextStep } from '../ui/NextStep.tsx'
import { Page } from '../ui/Page.tsx'
import { isAdministrator, useMe } from './session.ts'

/** « What is expected of me now? »: each kind of person lands on their one next step. */
export function HomePage() {
  const { t } = useTranslation('app')
  const me = useMe()
  if (me === undefined) return <Loading label={t('loading')} shape="cards" />
  if (me === null) return <Navigate to="/connexion" />
  return (
    <Page title={t('home.hello', { name: me.displayName })}>
      {isAdministrator(me) && (
        <NextStep
          title={t('home.administrator.title')}
          drawing="office"
          action={
            <Button component={Link} to="/regions">
              {t('home.administrator.action')}
            </Button>
          }
        >
          {t('home.administrator.text')}
        </NextStep>
      )}
    </Page>
  )
}
