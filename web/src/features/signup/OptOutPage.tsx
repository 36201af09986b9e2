import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signupRoutes } from '#shared/signup/signup.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'

/** From the foot of a mail: one button, no account, and the way back. */
export function OptOutPage() {
  const { t } = useTranslation('signup')
  const { token } = useParams({ from: '/desinscription/$token' })
  const link = useQuery(queryFor(signupRoutes.optOutLink, { params: { token } }))
  const choose = useCall(signupRoutes.optOutByLink)
  const set = (optedOut: boolean) => choose.mutate({ params: { token }, body: { optedOut } })
  const words = useWords()
  return (
    <Page title={t('optOut.title')} width="narrow">
      <Answered query={link}>
        {({ dayName, date: on, regionName, optedOut }) => {
          const about = { day: dayName, date: words.fullDate(on) }
          return (
            <Stack gap="lg">
              <p>{t('optOut.about', { ...about, region: regionName })}</p>
              <Refused error={choose.error} />
              {optedOut ? (
                <Notice
                  tone="success"
                  title={t('optOut.done')}
                  action={
                    <Button variant="default" loading={choose.isPending} onClick={() => set(false)}>
                      {t('optOut.undo')}
                    </Button>
                  }
                >
                  {t('optOut.doneText')}
                </Notice>
              ) : (
                <div>
                  <Button loading={choose.isPending} onClick={() => set(true)}>
                    {t('optOut.stop')}
                  </Button>
                </div>
              )}
            </Stack>
          )
        }}
      </Answered>
    </Page>
  )
}
