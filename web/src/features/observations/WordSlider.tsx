import { useId } from 'react'
import classes from './Observations.module.css'

/**
 * A slider whose five places are words. It rests left of the first until somebody moves it, so
 * that no answer is given by accident; the native range input brings keyboard and screen reader.
 */
export function WordSlider({
  label,
  words,
  value,
  onChange,
  unset,
  error,
}: {
  label: string
  words: string[]
  value: number | undefined
  onChange: (value: number) => void
  unset: string
  error?: string
}) {
  const id = useId()
  const word = value ? words[value - 1] : undefined
  return (
    <div className={classes.slider}>
      <label htmlFor={id} className={classes.legend}>
        {label}
      </label>
      <output htmlFor={id} className={classes.word} data-unset={word === undefined || undefined}>
        {word ?? error ?? unset}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={words.length}
        step={1}
        value={value ?? 0}
        aria-valuetext={word ?? unset}
        aria-invalid={error ? true : undefined}
        data-unset={word === undefined || undefined}
        className={classes.range}
        style={{ '--filled': `${(100 * (value ?? 0)) / words.length}%` } as React.CSSProperties}
        onChange={(event) => onChange(Math.max(1, Number(event.currentTarget.value)))}
      />
      <div className={classes.ends} aria-hidden>
        <span>{words[0]}</span>
        <span>{words.at(-1)}</span>
      </div>
    </div>
  )
}
