// One row of pressable words with their counts; pressed again, a chip lets go.
//   <Chips label="Irritant" options={[{ id, label: 'Attente', count: 12 }]} chosen={id}
//     onChoose={(id) => …} />
import classes from './Chips.module.css'

/** See the top of the file. Nothing is drawn where there is nothing to choose between. */
export function Chips({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string
  options: readonly { id: string; label: string; count: number }[]
  chosen: string | undefined
  /** Undefined: let go. */
  onChoose: (id: string | undefined) => void
}) {
  if (options.length < 2 && !chosen) return null
  return (
    <fieldset className={classes.chips}>
      <legend>{label}</legend>
      {options.map((one) => (
        <button
          key={one.id}
          type="button"
          aria-pressed={one.id === chosen}
          onClick={() => onChoose(one.id === chosen ? undefined : one.id)}
        >
          {one.label} <span>{one.count}</span>
        </button>
      ))}
    </fieldset>
  )
}
