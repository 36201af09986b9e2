import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useDemo } from '../../app/session.ts'
import { TenOfHearts } from '../../ui/drawings/TenOfHearts.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import classes from './SignIn.module.css'

/** Ask for a sign-in link; the answer never tells whether the address is known. */
export function SignInPage() {
  const { t } = useTranslation('accounts')
  const demo = useDemo()
  const [email, setEmail] = useState('')
  const ask = useMutation({
    mutationFn: () => call(accountsRoutes.requestSignIn, { body: { email } }),
  })
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} width="narrow">
      <div className={classes.table}>
        <TenOfHearts width={132} />
        <Panel>
          {ask.isSuccess ? (
            <Stack>
              <Notice tone="success" title={t('signIn.askedTitle')}>
                {t('signIn.asked', { email })}
              </Notice>
              <Button variant="subtle" onClick={() => ask.reset()}>
                {t('signIn.another')}
              </Button>
            </Stack>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                ask.mutate()
              }}
            >
              <Stack>
                <TextInput
                  type="email"
                  name="email"
                  autoComplete="email"
                  required
                  withAsterisk={false}
                  label={t('signIn.email')}
                  description={t('signIn.emailHint')}
                  value={email}
                  onChange={(event) => setEmail(event.currentTarget.value)}
                />
                <Refused error={ask.error} />
                <Button type="submit" loading={ask.isPending}>
                  {t('signIn.send')}
                </Button>
              </Stack>
            </form>
          )}
        </Panel>
        {demo && (
          <p className={classes.demo}>
            <Trans
              t={t}
              i18nKey={ask.isSuccess ? 'signIn.demoAsked' : 'signIn.demo'}
              components={{ mailbox: <Link to="/mailbox" /> }}
            />
          </p>
        )}
      </div>
    </Page>
  )
}
