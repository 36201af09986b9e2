import { Button, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { pageToReturnTo } from '../../app/after-sign-in.ts'
import { call } from '../../app/api.ts'
import { speak } from '../../app/i18n.ts'
import { Refused } from '../../app/Refused.tsx'
import { meKey } from '../../app/session.ts'
import { Page, Panel } from '../../ui/Page.tsx'

/** Where a sign-in link leads. Opening it changes nothing: mail scanners open links, too. */
export function SignInLinkPage() {
  const { t } = useTranslation('accounts')
  const { token } = useParams({ from: '/connexion/$token' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const signIn = useMutation({
    mutationFn: () => call(accountsRoutes.signIn, { body: { token } }),
    onSuccess: async (me) => {
      client.clear()
      client.setQueryData(meKey, me)
      await speak(me.language)
      // Replaced, so that the spent link is not what « back » returns to.
      await navigate({ to: pageToReturnTo() as '/', replace: true })
    },
  })
  return (
    <Page title={t('link.title')} lead={t('link.lead')} width="narrow">
      <Panel>
        <Stack>
          <Refused error={signIn.error} />
          {signIn.isError ? (
            <Button component={Link} to="/connexion">
              {t('link.askAgain')}
            </Button>
          ) : (
            <Button size="lg" loading={signIn.isPending} onClick={() => signIn.mutate()}>
              {t('link.enter')}
            </Button>
          )}
        </Stack>
      </Panel>
    </Page>
  )
}
