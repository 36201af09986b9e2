// A table on a laptop, stacked cards on a phone, the same markup for a screen reader.
//   <DataTable caption="Personnes" rows={people} rowKey={(p) => p.id} empty={<EmptyState …/>}
//     columns={[{ id: 'name', header: 'Nom', title: true, cell: (p) => p.name }, …]} />
// `first={{ rows: 15, more: 'Montrer la suite' }}` keeps a long list short until asked for the rest.
// `title` marks the column that names the row; `number` aligns right with tabular figures.
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './DataTable.module.css'

export type Column<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  title?: boolean
  number?: boolean
  /** The header is only read out, and a phone shows the cell alone: buttons. */
  bare?: boolean
  /** Any CSS width, on a laptop. */
  width?: string
}

/** See the top of the file. `hideCaption` keeps it for screen readers when a heading says it. */
export function DataTable<Row>({
  caption,
  hideCaption = false,
  columns,
  rows,
  rowKey,
  empty,
  first,
}: {
  caption: string
  hideCaption?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  empty?: ReactNode
  first?: { rows: number; more: string }
}) {
  const [whole, setWhole] = useState(false)
  if (rows.length === 0 && empty) return <>{empty}</>
  const shown = first && !whole ? rows.slice(0, first.rows) : rows
  // Roles are repeated because `display: block`, used on a phone, makes browsers forget them.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className={classes.scroll} aria-label={caption} tabIndex={0}>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <table className={classes.table} role="table">
        <caption className={hideCaption ? classes.hidden : classes.caption}>{caption}</caption>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                // biome-ignore lint/a11y/noRedundantRoles: see above
                role="columnheader"
                data-number={column.number || undefined}
                style={{ width: column.width }}
              >
                {column.bare ? (
                  <span className={classes.hidden}>{column.header}</span>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tbody role="rowgroup">
          {shown.map((row) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <tr key={rowKey(row)} role="row">
              {columns.map((column) =>
                column.title ? (
                  // biome-ignore lint/a11y/noRedundantRoles: see above
                  <th key={column.id} scope="row" role="rowheader">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.id}
                    // biome-ignore lint/a11y/noRedundantRoles: see above
                    role="cell"
                    data-label={column.bare ? undefined : column.header}
                    data-number={column.number || undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {first && shown.length < rows.length && (
        <Button variant="default" fullWidth mt="md" onClick={() => setWhole(true)}>
          {first.more}
        </Button>
      )}
    </section>
  )
}
