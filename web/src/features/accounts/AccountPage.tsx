import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWhen } from '../../app/when.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { MyFeed } from '../invitations/MyFeed.tsx'

/** Where I am signed in, and the way to end it there: a phone lost, a shared workstation. */
export function AccountPage() {
  const { t } = useTranslation('accounts')
  const sessions = useQuery(queryFor(accountsRoutes.mySessions))
  const end = useCall(accountsRoutes.signOut, { refresh: [['api', 'sessions']] })
  const when = useWhen()
  return (
    <Page title={t('account.title')}>
      <MyFeed />
      <Section title={t('account.sessions')} lead={t('account.lead')}>
        <Stack>
          <Refused error={end.error} />
          <Answered query={sessions} shape="table">
            {(rows) => (
              <DataTable
                caption={t('account.sessions')}
                hideCaption
                rows={rows}
                rowKey={(session) => session.id}
                columns={[
                  {
                    id: 'opened',
                    header: t('account.opened'),
                    title: true,
                    cell: (row) => when.moment(row.createdAt),
                  },
                  {
                    id: 'seen',
                    header: t('account.seen'),
                    cell: (row) => (row.current ? t('account.here') : when.moment(row.lastSeenAt)),
                  },
                  {
                    id: 'end',
                    header: t('account.actions'),
                    bare: true,
                    cell: (row) =>
                      !row.current && (
                        <Button
                          variant="default"
                          onClick={() => end.mutate({ params: { sessionId: row.id } })}
                        >
                          {t('account.end')}
                        </Button>
                      ),
                  },
                ]}
              />
            )}
          </Answered>
        </Stack>
      </Section>
    </Page>
  )
}
