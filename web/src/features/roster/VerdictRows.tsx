import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { VerdictRow } from '#shared/roster/roster.contract.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import classes from './Import.module.css'
import { type ImportParams, type RowFilter, useVerdicts } from './roster.api.ts'

/** Rows of the file with their outcome, the cell at fault and the reason. */
export function VerdictRows({ params, filter }: { params: ImportParams; filter: RowFilter }) {
  const { t } = useTranslation('roster')
  const found = useVerdicts(params, filter)
  if (found.isError) return <Notice tone="error" title={found.error.message} />
  if (found.isPending) return <Loading label={t('loading')} shape="table" />
  return (
    <>
      <DataTable
        caption={t('verdict.all')}
        hideCaption
        rows={found.data.pages.flatMap(({ rows }) => rows)}
        rowKey={({ line }) => String(line)}
        empty={
          <EmptyState level={3} title={t('verdict.none')}>
            {t('verdict.noneWhy')}
          </EmptyState>
        }
        columns={[
          {
            id: 'who',
            header: t('verdict.who'),
            title: true,
            width: '16rem',
            cell: ({ name, key }) => (
              <>
                {name || t('verdict.noName')}
                {key && <span className={classes.key}>{key}</span>}
              </>
            ),
          },
          {
            id: 'line',
            header: t('verdict.line'),
            number: true,
            width: '5rem',
            cell: ({ line }) => line,
          },
          {
            id: 'outcome',
            header: t('verdict.outcome'),
            width: '9rem',
            cell: ({ outcome }) => (
              <span className={classes.outcome} data-outcome={outcome}>
                {t(`outcome.${outcome}`)}
              </span>
            ),
          },
          { id: 'why', header: t('verdict.why'), cell: (row) => <Reasons row={row} /> },
        ]}
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
    </>
  )
}

function Reasons({ row: { findings, changes } }: { row: VerdictRow }) {
  const { t } = useTranslation('roster')
  if (findings.length + changes.length === 0) return <>—</>
  return (
    <ul className={classes.reasons}>
      {findings.map(({ code, severity, fieldName, cell, otherLine, sentence }) => (
        <li key={`${code}-${fieldName}`} data-severity={severity}>
          {fieldName && cell && (
            <span className={classes.cell}>
              {fieldName} <q>{cell}</q>
            </span>
          )}
          {sentence}
          {otherLine !== null && ` ${t('verdict.otherLine', { line: otherLine })}`}
        </li>
      ))}
      {changes.map(({ field, fieldName, before, after }) => (
        <li key={field}>
          {fieldName} <del>{before || t('verdict.empty')}</del> →{' '}
          <ins>{after || t('verdict.empty')}</ins>
        </li>
      ))}
    </ul>
  )
}
