// A bar a line, as long as its value, with what it was before as a thinner one under it.
//   <BarLines label="Par site" lines={[{ id, label: 'Pau', value: 12, shown: '12',
//     before: { value: 9, shown: '9' } }]} onOpen={…} />
// The pointer's shortcut to a table of the same, which the keyboard and the screen reader use.
import { useElementSize } from '@mantine/hooks'
import classes from './Pictures.module.css'

export type BarLine = {
  id: string
  label: string
  value: number
  shown: string
  /** Grey: what is only told together. */
  muted?: boolean
  before?: { value: number; shown: string }
}

const widest = 1000
const leastBeside = 640

/** See the top of the file. `label` is what a screen reader gets; `shown` is written at the bar. */
export function BarLines({
  label,
  lines,
  opened,
  onOpen,
}: {
  label: string
  lines: readonly BarLine[]
  opened?: string | undefined
  /** Nothing opens where it is left out. */
  onOpen?: (id: string) => void
}) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.min(widest, Math.max(300, measured))
  const isBeside = width >= leastBeside
  const hasBefore = lines.some(({ before }) => before)
  const from = isBeside ? 300 : 0
  const step = (isBeside ? 42 : 64) + (hasBefore ? 14 : 0)
  const most = Math.max(...lines.flatMap(({ value, before }) => [value, before?.value ?? 0]), 1e-9)
  const long = (value: number) => Math.max(2, (value / most) * (width - from - 110))
  return (
    <div ref={ref}>
      <svg
        className={classes.picture}
        width={width}
        height={step * lines.length + 4}
        viewBox={`0 0 ${width} ${step * lines.length + 4}`}
        role="img"
        aria-label={label}
      >
        {lines.map(({ id, label: name, value, shown, muted, before }, place) => {
          const y = place * step
          const bar = y + (isBeside ? 4 : 26)
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it does the same
            <g
              key={id}
              className={onOpen && classes.open}
              data-muted={muted || undefined}
              data-opened={opened === id || undefined}
              onClick={() => onOpen?.(id)}
            >
              <rect className={classes.line} x="0" y={y} width={width} height={step} />
              <text
                className={classes.name}
                x={isBeside ? from - 12 : 0}
                y={isBeside ? bar + 21 : y + 18}
                textAnchor={isBeside ? 'end' : 'start'}
              >
                {name}
              </text>
              <rect
                className={classes.bar}
                x={from}
                y={bar}
                width={long(value)}
                height="28"
                rx="6"
              />
              <text className={classes.figure} x={from + long(value) + 8} y={bar + 22}>
                {shown}
              </text>
              {before && (
                <>
                  <rect
                    className={classes.before}
                    x={from}
                    y={bar + 32}
                    width={long(before.value)}
                    height="8"
                    rx="3"
                  />
                  <text className={classes.scale} x={from + long(before.value) + 8} y={bar + 41}>
                    {before.shown}
                  </text>
                </>
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}
