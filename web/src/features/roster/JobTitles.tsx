import { Button, Group, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Section } from '../../ui/Page.tsx'
import { useNumbers } from './roster.api.ts'

/** Which of HR's job titles can be discovered as which role: without one, nobody is shadowed. */
export function JobTitles({ regionId }: { regionId: string }) {
  const { t, i18n } = useTranslation('roster')
  const number = useNumbers()
  const params = { regionId }
  const titles = useQuery(queryFor(rosterRoutes.jobTitles, { params }))
  const roles = useQuery(queryFor(rosterRoutes.roles, { params }))
  const save = useCall(rosterRoutes.setJobTitles)
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const options = [
    { value: '', label: t('titles.nobody') },
    ...(roles.data ?? []).map(({ id, nameFr, nameEn }) => ({
      value: id,
      label: i18n.language === 'fr' ? nameFr : nameEn,
    })),
  ]
  const changed = Object.entries(chosen)
  const part = useRef<HTMLElement>(null)
  // The part comes after an answer of the server: the browser's own jump was too early.
  useEffect(() => {
    if (location.hash === '#metiers') part.current?.scrollIntoView()
  }, [])
  return (
    <section id="metiers" ref={part}>
      <Section title={t('titles.title')} lead={t('titles.lead')}>
        <Answered query={titles} shape="table">
          {(rows) => (
            <DataTable
              caption={t('titles.title')}
              hideCaption
              rows={rows}
              rowKey={({ title }) => title}
              empty={
                <EmptyState level={3} title={t('titles.none')}>
                  {t('titles.noneWhy')}
                </EmptyState>
              }
              columns={[
                {
                  id: 'title',
                  header: t('titles.jobTitle'),
                  title: true,
                  cell: (row) => row.title,
                },
                {
                  id: 'people',
                  header: t('titles.people'),
                  number: true,
                  width: '8rem',
                  cell: (row) => number(row.people),
                },
                {
                  id: 'role',
                  header: t('titles.role'),
                  bare: true,
                  width: '24rem',
                  cell: (row) => (
                    <NativeSelect
                      aria-label={t('titles.roleOf', { title: row.title })}
                      data={options}
                      value={chosen[row.title] ?? row.roleId ?? ''}
                      onChange={(event) => {
                        const value = event.currentTarget.value
                        setChosen((before) => {
                          const { [row.title]: _, ...rest } = before
                          return value === (row.roleId ?? '')
                            ? rest
                            : { ...rest, [row.title]: value }
                        })
                      }}
                    />
                  ),
                },
              ]}
            />
          )}
        </Answered>
        <Refused error={save.error} />
        {changed.length > 0 && (
          <Group>
            <Button
              loading={save.isPending}
              onClick={() =>
                save.mutate(
                  {
                    params,
                    body: {
                      titles: changed.map(([title, role]) => ({ title, roleId: role || null })),
                    },
                  },
                  { onSuccess: () => setChosen({}) },
                )
              }
            >
              {t('titles.save', { count: changed.length })}
            </Button>
            <Button variant="subtle" onClick={() => setChosen({})}>
              {t('titles.undo')}
            </Button>
          </Group>
        )}
        <output>{save.isSuccess && changed.length === 0 ? t('titles.saved') : ''}</output>
      </Section>
    </section>
  )
}
