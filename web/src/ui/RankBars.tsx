// How many got their 1st … 5th wish: <RankBars caption="Rangs obtenus" bars={[…]} total={1842} />
// Give `before` to show where another draft stood (a thin ink mark), `muted` for "not placed".
import classes from './RankBars.module.css'

export type RankBar = {
  id: string
  label: string
  value: number
  /** The figure as the reader writes it; the plain number unless told. */
  text?: string
  before?: number
  muted?: boolean
}

/** Bars over a common `total` (the largest value unless told), as a list one can read. */
export function RankBars({
  caption,
  bars,
  total = Math.max(1, ...bars.map((bar) => Math.max(bar.value, bar.before ?? 0))),
}: {
  caption: string
  bars: RankBar[]
  total?: number
}) {
  const share = (value: number) => `${(100 * value) / Math.max(1, total)}%`
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>{caption}</figcaption>
      <ul className={classes.bars}>
        {bars.map((bar, place) => (
          <li key={bar.id} className={classes.row} data-muted={bar.muted || undefined}>
            <span className={classes.label}>{bar.label}</span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.bar}
                style={{ width: share(bar.value), opacity: bar.muted ? 1 : 1 - place * 0.14 }}
              />
              {bar.before !== undefined && (
                <span className={classes.before} style={{ left: share(bar.before) }} />
              )}
            </span>
            <span className={classes.value}>{bar.text ?? bar.value}</span>
          </li>
        ))}
      </ul>
    </figure>
  )
}
