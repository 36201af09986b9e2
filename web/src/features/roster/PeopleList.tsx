import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { queryFor } from '../../app/api.ts'
import { directedRegions, isAdministrator } from '../../app/grants.ts'
import { useMe } from '../../app/session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Row, Section } from '../../ui/Page.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { useNumbers, usePeople } from './roster.api.ts'

/** Everybody, found by name, number, address or job title, a page at a time. */
export function PeopleList({
  regionId,
  sites,
}: {
  regionId: string
  sites: { id: string; name: string }[]
}) {
  const { t, i18n } = useTranslation('roster')
  const [search, setSearch] = useState('')
  const [siteId, setSiteId] = useState('')
  const [settled] = useDebouncedValue(search, 250)
  const found = usePeople(regionId, settled, siteId || undefined)
  const roles = useQuery(queryFor(rosterRoutes.roles, { params: { regionId } }))
  const number = useNumbers()
  const roleName = (id: string | null) => {
    const role = roles.data?.find((one) => one.id === id)
    return role ? (i18n.language === 'fr' ? role.nameFr : role.nameEn) : '—'
  }
  const me = useMe()
  const keepsRoster = me ? directedRegions(me).includes(regionId) || isAdministrator(me) : false
  const [leaver, setLeaver] = useState<string>()
  const people = found.data?.pages.flatMap((page) => page.people) ?? []
  const total = found.data?.pages[0]?.total ?? 0
  return (
    <Section
      title={t('people.title')}
      aside={
        found.data && <output>{t('people.count', { count: total, number: number(total) })}</output>
      }
    >
      <Row min="14rem">
        <TextInput
          type="search"
          label={t('people.search')}
          placeholder={t('people.searchHint')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('people.site')}
          value={siteId}
          onChange={(event) => setSiteId(event.currentTarget.value)}
          data={[
            { value: '', label: t('people.everySite') },
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Row>
      {found.isError && <Notice tone="error" title={found.error.message} />}
      {found.isPending ? (
        <Loading label={t('loading')} shape="table" />
      ) : (
        <DataTable
          caption={t('people.title')}
          hideCaption
          rows={people}
          rowKey={({ id }) => id}
          empty={
            <EmptyState level={3} title={t('people.none')}>
              {t('people.noneWhy')}
            </EmptyState>
          }
          columns={[
            {
              id: 'name',
              header: t('people.name'),
              title: true,
              cell: (row) => `${row.lastName} ${row.firstName}`,
            },
            { id: 'number', header: t('people.number'), cell: (row) => row.employeeNumber },
            { id: 'site', header: t('people.site'), cell: (row) => row.siteName },
            { id: 'job', header: t('people.jobTitle'), cell: (row) => row.jobTitle || '—' },
            { id: 'role', header: t('people.role'), cell: (row) => roleName(row.roleId) },
            { id: 'mail', header: t('people.mail'), cell: (row) => row.email ?? t('people.card') },
            ...(keepsRoster
              ? [
                  {
                    id: 'leave',
                    header: t('leaving.action'),
                    bare: true,
                    cell: (row: (typeof people)[number]) => (
                      <Button
                        variant="subtle"
                        size="xs"
                        aria-label={t('leaving.actionOf', {
                          name: `${row.firstName} ${row.lastName}`,
                        })}
                        onClick={() => setLeaver(row.employeeNumber)}
                      >
                        {t('leaving.action')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      <LeaveDialog
        regionId={regionId}
        employeeNumbers={leaver === undefined ? [] : [leaver]}
        onClose={() => setLeaver(undefined)}
      />
      {found.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      )}
    </Section>
  )
}
