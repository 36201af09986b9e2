// While something loads: <Loading label="Chargement des créneaux" shape="cards" />
// Still shapes that appear only after a fifth of a second: a quick answer shows nothing at all.
import classes from './Loading.module.css'

/** shape: lines (default), cards or table; `label` is read out, not shown. */
export function Loading({
  label,
  shape = 'lines',
  count = shape === 'cards' ? 4 : 5,
}: {
  label: string
  shape?: 'lines' | 'cards' | 'table'
  count?: number
}) {
  return (
    <div className={classes.loading} data-shape={shape} role="status" aria-busy>
      <span className={classes.label}>{label}</span>
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <span key={place} className={classes.bone} />
      ))}
    </div>
  )
}
