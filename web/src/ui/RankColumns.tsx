// Ranks as small columns, to lay several plans side by side on one scale:
//   <RankColumns label="Plan 3" columns={[{ id: '1', label: '1', value: 120, text: '120' }, …]} most={180} />
// `most` is the scale they share; `muted` hatches the column of those without a place.
import classes from './RankColumns.module.css'

export type RankColumn = {
  id: string
  /** What stands below: « 1 », « sans ». */
  label: string
  value: number
  text: string
  muted?: boolean
}

/** See the top of the file. `label` says whose ranks these are to whoever cannot see them. */
export function RankColumns({
  label,
  columns,
  most,
}: {
  label: string
  columns: RankColumn[]
  most: number
}) {
  return (
    <ul className={classes.columns} aria-label={label}>
      {columns.map(({ id, label: below, value, text, muted }) => (
        <li key={id} data-muted={muted || undefined}>
          <span className={classes.label}>{below}</span>
          <span className={classes.value}>{text}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.column}
              style={{ height: `${(100 * value) / Math.max(1, most)}%` }}
            />
          </span>
        </li>
      ))}
    </ul>
  )
}
