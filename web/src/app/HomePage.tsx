import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Me } from '#shared/accounts/accounts.contract.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { DirectorHome } from '../features/days/DirectorHome.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loading } from '../ui/Loading.tsx'
import { NextStep } from '../ui/NextStep.tsx'
import { Page } from '../ui/Page.tsx'
import { Answered } from './Answered.tsx'
import classes from './HomePage.module.css'
import { stepsFor } from './home.steps.ts'
import { keptQuery } from './kept.ts'
import { useMe } from './session.ts'
import { useWords } from './words.ts'

/** « What is expected of me now? »: one card with one button first, what else there is below. */
export function HomePage() {
  const { t } = useTranslation('app')
  const me = useMe()
  if (me === undefined) return <Loading label={t('loading')} shape="cards" />
  if (me === null) return <Navigate to="/connexion" replace />
  return (
    <Page title={t('home.hello', { name: me.displayName })}>
      <Steps me={me} />
    </Page>
  )
}

function Steps({ me }: { me: Me }) {
  const { t } = useTranslation('app')
  const kept = keptQuery(homeRoutes.home, undefined, endOfTomorrow)
  const home = useQuery({ ...kept, refetchOnWindowFocus: true })
  const words = useWords()
  return (
    <Answered query={home} shape="cards">
      {(told) => {
        const steps = stepsFor(me, told, words)
        if (steps.length === 0) {
          return <EmptyState title={t('home.nothing')}>{t('home.nothingWhy')}</EmptyState>
        }
        return (
          <div className={classes.steps}>
            {steps.map(({ key, day, drawing, values, to }, index) =>
              key === 'direct' && day ? (
                <DirectorHome
                  key={to}
                  dayId={day.id}
                  action={t('home.direct.action')}
                  quiet={index > 0}
                />
              ) : (
                <NextStep
                  key={`${key}-${to}-${values?.hour ?? ''}`}
                  quiet={index > 0}
                  kicker={day && words.date(day.date)}
                  title={t(`home.${key}.title`, values ?? {})}
                  {...(drawing && index === 0 ? { drawing } : {})}
                  action={
                    <Button component={Link} to={to} variant={index === 0 ? 'filled' : 'default'}>
                      {t(`home.${key}.action`)}
                    </Button>
                  }
                >
                  {t(`home.${key}.text`, values ?? {})}
                </NextStep>
              ),
            )}
          </div>
        )
      }}
    </Answered>
  )
}

/** Read in the evening, it still opens on the day itself, in a van with no network. */
function endOfTomorrow(): Date {
  const end = new Date()
  end.setHours(48, 0, 0, 0)
  return end
}
