import { Button, Select, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { isAdministrator } from '../../app/grants.ts'
import { Refused } from '../../app/Refused.tsx'
import { useMe } from '../../app/session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Panel, Section } from '../../ui/Page.tsx'

/** Who is trusted with the region: its directors and its sites' coordinators. */
export function GrantsPage() {
  const { t, i18n } = useTranslation('accounts')
  const { regionId } = useParams({ from: '/regions/$regionId/droits' })
  const grants = useQuery(queryFor(accountsRoutes.grants, { params: { regionId } }))
  const sites = useQuery(queryFor(rosterRoutes.sites, { params: { regionId } }))
  const siteNames = new Map((sites.data ?? []).map(({ id, name }) => [id, name]))
  const withdraw = useCall(accountsRoutes.withdrawGrant)
  const [losing, setLosing] = useState<NonNullable<typeof grants.data>[number]>()
  const me = useMe()
  const isAdmin = Boolean(me && isAdministrator(me))
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  return (
    <Page title={t('grants.title')} lead={t('grants.lead')}>
      <Stack gap="xl">
        {isAdmin && <Appoint kind="director" regionId={regionId} />}
        <Appoint kind="coordinator" regionId={regionId} quiet={isAdmin} />
        <Appoint kind="trainer" regionId={regionId} quiet />
        <Refused error={withdraw.error} />
        <Answered query={grants} shape="table">
          {(rows) => (
            <DataTable
              caption={t('grants.title')}
              rows={rows}
              rowKey={(grant) => grant.id}
              empty={<EmptyState title={t('grants.none')}>{t('grants.noneWhy')}</EmptyState>}
              columns={[
                {
                  id: 'name',
                  header: t('grants.name'),
                  title: true,
                  cell: (row) => row.displayName,
                },
                { id: 'email', header: t('grants.email'), cell: (row) => row.email },
                {
                  id: 'kind',
                  header: t('grants.kind'),
                  cell: (row) =>
                    [t(`kinds.${row.kind}`), siteNames.get(row.siteId ?? '')]
                      .filter(Boolean)
                      .join(', '),
                },
                {
                  id: 'since',
                  header: t('grants.since'),
                  width: '9rem',
                  cell: (row) => date.format(row.grantedAt),
                },
                {
                  id: 'withdraw',
                  header: t('grants.actions'),
                  bare: true,
                  cell: (row) => (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={t('grants.withdrawFor', { name: row.displayName })}
                      onClick={() => setLosing(row)}
                    >
                      {t('grants.withdraw')}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Answered>
      </Stack>
      <ConfirmDialog
        opened={losing !== undefined}
        onClose={() => setLosing(undefined)}
        title={t('grants.withdrawTitle', { name: losing?.displayName })}
        confirm={t('grants.withdraw')}
        cancel={t('grants.keep')}
        close={t('grants.keep')}
        danger
        busy={withdraw.isPending}
        onConfirm={() =>
          losing &&
          withdraw.mutate(
            { params: { regionId, grantId: losing.id } },
            { onSettled: () => setLosing(undefined) },
          )
        }
      >
        {losing &&
          t('grants.withdrawText', {
            what: [t(`kinds.${losing.kind}`), siteNames.get(losing.siteId ?? '')]
              .filter(Boolean)
              .join(', '),
          })}
      </ConfirmDialog>
    </Page>
  )
}

function Appoint({
  kind,
  regionId,
  quiet = false,
}: {
  kind: 'director' | 'coordinator' | 'trainer'
  regionId: string
  /** Not the page’s first action. */
  quiet?: boolean
}) {
  const { t } = useTranslation('accounts')
  const [email, setEmail] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [siteId, setSiteId] = useState<string | null>(null)
  const sites = useQuery({
    ...queryFor(rosterRoutes.sites, { params: { regionId } }),
    enabled: kind === 'coordinator',
  })
  const appoint = useCall(accountsRoutes.grant)

  function submit() {
    const person = { email, displayName }
    if (kind === 'coordinator' && !siteId) return
    const body =
      kind === 'coordinator' ? { kind, ...person, siteId: siteId ?? '' } : { kind, ...person }
    appoint.mutate(
      { params: { regionId }, body },
      {
        onSuccess: () => {
          setEmail('')
          setDisplayName('')
          setSiteId(null)
        },
      },
    )
  }

  return (
    <Section
      title={t(`grants.new.${kind}`)}
      lead={kind === 'trainer' ? t('grants.trainerHint') : undefined}
    >
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <Stack>
            {kind === 'coordinator' && (
              <Select
                required
                withAsterisk={false}
                searchable
                label={t('grants.site')}
                nothingFoundMessage={t('grants.noSite')}
                data={(sites.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                value={siteId}
                onChange={setSiteId}
              />
            )}
            <TextInput
              required
              withAsterisk={false}
              label={t('grants.name')}
              value={displayName}
              onChange={(event) => setDisplayName(event.currentTarget.value)}
            />
            <TextInput
              required
              withAsterisk={false}
              type="email"
              label={t('grants.email')}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Refused error={appoint.error} />
            <Button
              type="submit"
              variant={quiet ? 'default' : 'filled'}
              loading={appoint.isPending}
            >
              {t('grants.appoint')}
            </Button>
          </Stack>
        </form>
      </Panel>
    </Section>
  )
}
