import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Panel, Section } from '../../ui/Page.tsx'

/** The administrator's regions: create one, then appoint its director. */
export function RegionsPage() {
  const { t } = useTranslation('accounts')
  const regions = useQuery(queryFor(accountsRoutes.regions))
  return (
    <Page title={t('regions.title')} lead={t('regions.lead')}>
      <Stack gap="xl">
        <Answered query={regions} shape="table">
          {(rows) => (
            <DataTable
              caption={t('regions.title')}
              rows={rows}
              rowKey={(region) => region.id}
              empty={<EmptyState title={t('regions.none')}>{t('regions.noneWhy')}</EmptyState>}
              columns={[
                { id: 'name', header: t('regions.name'), title: true, cell: (row) => row.name },
                { id: 'zone', header: t('regions.timeZone'), cell: (row) => row.timeZone },
                {
                  id: 'open',
                  header: t('regions.actions'),
                  bare: true,
                  cell: (row) => (
                    <Group gap="xs">
                      <Button
                        component={Link}
                        variant="default"
                        to="/regions/$regionId/droits"
                        params={{ regionId: row.id } as never}
                      >
                        {t('regions.grants')}
                      </Button>
                      <Button
                        component={Link}
                        variant="default"
                        to="/regions/$regionId/effectifs"
                        params={{ regionId: row.id } as never}
                      >
                        {t('regions.roster')}
                      </Button>
                    </Group>
                  ),
                },
              ]}
            />
          )}
        </Answered>
        <NewRegion />
      </Stack>
    </Page>
  )
}

function NewRegion() {
  const { t } = useTranslation('accounts')
  const [name, setName] = useState('')
  const [timeZone, setTimeZone] = useState('Europe/Paris')
  const create = useCall(accountsRoutes.createRegion)
  return (
    <Section title={t('regions.new')}>
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate({ body: { name, timeZone } }, { onSuccess: () => setName('') })
          }}
        >
          <Stack>
            <TextInput
              required
              withAsterisk={false}
              label={t('regions.name')}
              description={t('regions.nameHint')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              required
              withAsterisk={false}
              label={t('regions.timeZone')}
              value={timeZone}
              onChange={(event) => setTimeZone(event.currentTarget.value)}
            />
            <Refused error={create.error} />
            <Button type="submit" loading={create.isPending}>
              {t('regions.create')}
            </Button>
          </Stack>
        </form>
      </Panel>
    </Section>
  )
}
