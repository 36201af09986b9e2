// Places as hearts: <HeartMeter filled={3} total={5} label="3 places prises sur 5" />
// Above `most` hearts (10 unless told) it says it in figures beside one heart: twenty hearts cannot
// be counted at a glance.
import { Pip } from './drawings/Heart.tsx'
import classes from './HeartMeter.module.css'

/** `filled` of `total`; `label` is what it means, for screen readers. */
export function HeartMeter({
  filled,
  total,
  label,
  size = 16,
  most = 10,
}: {
  filled: number
  total: number
  label: string
  size?: number
  most?: number
}) {
  return (
    <span className={classes.meter} role="img" aria-label={label}>
      {total > most ? (
        <>
          <Pip size={size} hollow={filled === 0} />
          <span className={classes.figures}>
            {filled}
            <span className={classes.total}>/{total}</span>
          </span>
        </>
      ) : (
        Array.from({ length: total }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a heart is nothing but its position
          <Pip key={place} size={size} hollow={place >= filled} />
        ))
      )}
    </span>
  )
}
