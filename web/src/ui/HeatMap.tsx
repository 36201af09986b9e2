// Rows × columns with shaded cells, a real table underneath; readable from the last row of a room.
//   <HeatMap caption="Irritants par métier" corner="Irritant" rows={irritants} columns={roles}
//     value={(row, column) => counts[row][column]} describe={(row, column, n) => `${n} observations`}
//     onOpen={(row, column) => …} opened={{ row, column }} />
// Wider than the screen, it scrolls sideways with its row titles held.
import classes from './HeatMap.module.css'

type Line = { id: string; label: string }

/** `value` is a count; 0 stays white and cannot be opened. Shades are fifths of the largest. */
export function HeatMap({
  caption,
  isTitled = false,
  corner,
  rows,
  columns,
  value,
  shown = String,
  describe,
  veiled,
  onOpen,
  opened,
}: {
  caption: string
  /** A heading above says the same: only screen readers need the caption. */
  isTitled?: boolean
  /** The heading of the first column. */
  corner: string
  rows: Line[]
  columns: Line[]
  value: (row: string, column: string) => number
  /** A count as its cell shows it. */
  shown?: (value: number) => string
  /** The whole sentence a screen reader gets for a cell, without row and column names. */
  describe: (row: string, column: string, value: number) => string
  /** Whether an empty cell is one that is only told with others: « … » instead of « · ». */
  veiled?: (row: string, column: string) => boolean
  onOpen?: (row: string, column: string) => void
  opened?: { row: string; column: string }
}) {
  const most = Math.max(1, ...rows.flatMap((row) => columns.map((col) => value(row.id, col.id))))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className={classes.scroll} aria-label={caption} tabIndex={0}>
      <table className={classes.map}>
        <caption className={isTitled ? classes.hidden : classes.caption}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {corner}
            </th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={classes.column}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className={classes.row}>
                {row.label}
              </th>
              {columns.map((column) => {
                const count = value(row.id, column.id)
                const shade = count === 0 ? 0 : Math.ceil((5 * count) / most)
                const said = describe(row.id, column.id, count)
                return (
                  <td key={column.id} className={classes.cell}>
                    {onOpen && count > 0 ? (
                      <button
                        type="button"
                        className={classes.shade}
                        data-shade={shade}
                        aria-label={`${row.label}, ${column.label}, ${said}`}
                        aria-pressed={opened?.row === row.id && opened.column === column.id}
                        onClick={() => onOpen(row.id, column.id)}
                      >
                        {shown(count)}
                      </button>
                    ) : (
                      <span className={classes.shade} data-shade={shade}>
                        <span aria-hidden>
                          {count > 0 ? shown(count) : veiled?.(row.id, column.id) ? '…' : '·'}
                        </span>
                        <span className={classes.hidden}>{said}</span>
                      </span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
