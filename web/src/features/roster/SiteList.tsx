import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { siteSchema } from '#shared/roster/roster.contract.ts'
import { DataTable } from '../../ui/DataTable.tsx'

/** The region's sites; those without coordinates say so, they are missing from the maps. */
export function SiteList({ sites }: { sites: z.infer<typeof siteSchema>[] }) {
  const { t } = useTranslation('roster')
  return (
    <DataTable
      caption={t('sites.title')}
      hideCaption
      rows={sites}
      rowKey={({ id }) => id}
      columns={[
        { id: 'name', header: t('sites.name'), title: true, cell: ({ name }) => name },
        { id: 'code', header: t('sites.code'), cell: ({ code }) => code },
        { id: 'kind', header: t('sites.kind'), cell: ({ kind }) => t(`siteKinds.${kind}`) },
        {
          id: 'town',
          header: t('sites.town'),
          cell: (row) => `${row.postcode} ${row.town}`.trim(),
        },
        {
          id: 'map',
          header: t('sites.map'),
          cell: ({ latitude }) => (latitude === null ? t('sites.offMap') : t('sites.onMap')),
        },
      ]}
    />
  )
}
