import { useTranslation } from 'react-i18next'
import type { Table } from '#shared/reports/reports.contract.ts'
import { useWords } from '../../app/words.ts'
import classes from './Reports.module.css'

type Kind = Table['columns'][number]['kind']

/** The tables of the exports, as they stand in them. */
export function ReportTables({ tables }: { tables: readonly Table[] }) {
  const { i18n } = useTranslation()
  const words = useWords()
  const mean = new Intl.NumberFormat(i18n.language === 'en' ? 'en-GB' : 'fr-FR', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  const said = (cell: string | number | null, kind: Kind) => {
    if (cell === null) return ''
    if (kind === 'mean') return mean.format(Number(cell))
    if (kind === 'count') return words.count(Number(cell))
    return kind === 'date' ? words.fullDate(String(cell)) : cell
  }
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ kind, title, columns, rows }) => (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
      <section key={kind} className={classes.scroll} aria-label={title} tabIndex={0}>
        <table className={classes.table}>
          <caption>{title}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.title} scope="col" data-kind={column.kind}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join('\u0000')}>
                {row.map((cell, at) => (
                  <td key={columns[at]!.title} data-kind={columns[at]!.kind}>
                    {said(cell, columns[at]!.kind)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    ))
}
