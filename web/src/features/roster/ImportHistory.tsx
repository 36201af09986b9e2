import { useTranslation } from 'react-i18next'
import type { RosterImport } from '#shared/roster/roster.contract.ts'
import { useWhen } from '../../app/when.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { useNumbers } from './roster.api.ts'

/** What was imported, when, and what became of it. */
export function ImportHistory({ imports }: { imports: RosterImport[] }) {
  const { t, i18n } = useTranslation('roster')
  const number = useNumbers()
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  const when = useWhen()
  return (
    <DataTable
      caption={t('history.title')}
      hideCaption
      rows={imports}
      rowKey={({ id }) => id}
      columns={[
        { id: 'file', header: t('history.file'), title: true, cell: (row) => row.fileName },
        { id: 'kind', header: t('history.kind'), cell: (row) => t(`kinds.${row.kind}`) },
        {
          id: 'when',
          header: t('history.when'),
          cell: (row) => `${date.format(row.createdAt)}, ${when.hour(row.createdAt)}`,
        },
        {
          id: 'what',
          header: t('history.what'),
          cell: ({ status, counts }) =>
            counts
              ? t('history.counts', {
                  created: number(counts.created),
                  updated: number(counts.updated),
                  rejected: number(counts.rejected),
                })
              : t(`history.${status}`),
        },
      ]}
    />
  )
}
