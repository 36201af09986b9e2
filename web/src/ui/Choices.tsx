// Big choices under the thumb; native radio buttons underneath.
//   <Choices legend="Qu’avez-vous remarqué ?" value={v} onChange={setV} options={[…]} />   cards
//   <Choices layout="scale" legend="Est-ce fréquent ?" options={[…]} … />   a scale of words
// An option may carry a `hint` and a `drawing` (cards only).
import { useId } from 'react'
import classes from './Choices.module.css'
import { Drawing, type DrawingName } from './drawings/Drawing.tsx'

export type Choice<Value extends string> = {
  value: Value
  label: string
  hint?: string
  drawing?: DrawingName
  disabled?: boolean
}

/** See the top of the file. `value` is undefined until somebody chooses. */
export function Choices<Value extends string>({
  legend,
  hint,
  error,
  layout = 'cards',
  options,
  value,
  onChange,
}: {
  legend: string
  hint?: string
  error?: string
  layout?: 'cards' | 'list' | 'scale'
  options: readonly Choice<Value>[]
  value: Value | undefined
  onChange: (value: Value) => void
}) {
  const id = useId()
  return (
    <fieldset
      className={classes.choices}
      aria-describedby={hint || error ? `${id}-hint` : undefined}
      aria-invalid={error ? true : undefined}
    >
      <legend className={classes.legend}>{legend}</legend>
      {(hint || error) && (
        <p id={`${id}-hint`} className={error ? classes.error : classes.hint}>
          {error ?? hint}
        </p>
      )}
      <div className={classes.options} data-layout={layout}>
        {options.map((option) => (
          <label key={option.value} className={classes.option}>
            <input
              type="radio"
              className={classes.input}
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.drawing && layout !== 'scale' && (
              <Drawing
                name={option.drawing}
                size={layout === 'cards' ? 48 : 32}
                tone={option.disabled ? 'grey' : 'warm'}
              />
            )}
            <span className={classes.words}>
              <span className={classes.label}>{option.label}</span>
              {option.hint && <span className={classes.optionHint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
