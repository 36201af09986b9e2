// A way with its stops, each as large as what happened there: across on a laptop, down on a phone.
//   <StopsPath label="Où cela coince" stops={[{ id, label: 'Acheter', value: 31 }]} onOpen={…} />
// The pointer's shortcut to a table of the same, which the keyboard and the screen reader use.
import { useElementSize } from '@mantine/hooks'
import classes from './Pictures.module.css'

export type Stop = { id: string; label: string; value: number; shown: string; muted?: boolean }

const widest = 1000
const leastAcross = 640

/** See the top of the file. `label` is what a screen reader gets; `shown` is written in the stop. */
export function StopsPath({
  label,
  stops,
  opened,
  onOpen,
}: {
  label: string
  stops: readonly Stop[]
  opened?: string | undefined
  onOpen: (id: string) => void
}) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.min(widest, Math.max(300, measured))
  const isAcross = width >= leastAcross
  const step = isAcross ? width / stops.length : 84
  const height = isAcross ? 250 : step * stops.length + 16
  const most = Math.max(1, ...stops.map(({ value }) => value))
  const largest = isAcross ? Math.min(62, step / 2 - 6) : 36
  // The way winds a little, as such ways do.
  const at = (place: number) =>
    isAcross
      ? { x: step * (place + 0.5), y: 96 + (place % 2 === 0 ? -16 : 16) }
      : { x: 50 + (place % 2 === 0 ? -6 : 6), y: step * (place + 0.5) + 8 }
  const way = stops.slice(1).reduce(
    (path, _, place) => {
      const [from, to] = [at(place), at(place + 1)]
      return isAcross
        ? `${path} C${from.x + step / 2} ${from.y} ${to.x - step / 2} ${to.y} ${to.x} ${to.y}`
        : `${path} C${from.x} ${from.y + step / 2} ${to.x} ${to.y - step / 2} ${to.x} ${to.y}`
    },
    `M${at(0).x} ${at(0).y}`,
  )
  return (
    <div ref={ref}>
      <svg
        className={classes.picture}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
      >
        <path className={classes.way} d={way} />
        {stops.map(({ id, label: name, value, shown, muted }, place) => {
          const { x, y } = at(place)
          const radius = value === 0 ? 12 : Math.max(18, largest * Math.sqrt(value / most))
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it does the same
            <g
              key={id}
              className={classes.open}
              data-empty={value === 0 || undefined}
              data-muted={muted || undefined}
              data-opened={opened === id || undefined}
              onClick={value > 0 ? () => onOpen(id) : undefined}
            >
              <circle className={classes.stop} cx={x} cy={y} r={radius} />
              <text className={classes.figure} x={x} y={y + 8} textAnchor="middle">
                {shown}
              </text>
              <text
                className={classes.name}
                x={isAcross ? x : 104}
                y={isAcross ? 212 : y + 5}
                textAnchor={isAcross ? 'middle' : 'start'}
              >
                {name}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
