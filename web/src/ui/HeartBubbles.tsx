// Things as hearts between two scales from 1 to 5, the larger the more; labels never collide.
//   <HeartBubbles label="Agacement et fréquence" across={['rare', 'tout le temps']} up={['à peine',
//     'insupportable']} spots={[{ id, label, across: 3.4, up: 4.2, weight: 31 }]} onOpen={…} />
// The pointer's shortcut to a table of the same, which the keyboard and the screen reader use.
import { useElementSize } from '@mantine/hooks'
import { heartPath } from './drawings/Heart.tsx'
import { layBubbles, type Spot } from './heart-bubbles.geometry.ts'
import classes from './Pictures.module.css'

const widest = 1000
/** Below this labels are numbers, explained by the table. */
const leastForNames = 640

/** See the top of the file. `label` is what a screen reader gets instead of the picture. */
export function HeartBubbles({
  label,
  across,
  up,
  spots,
  opened,
  onOpen,
}: {
  label: string
  /** The words at the two ends of each scale. */
  across: readonly [string, string]
  up: readonly [string, string]
  spots: readonly Spot[]
  opened?: string | undefined
  onOpen: (id: string) => void
}) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.min(widest, Math.max(300, measured))
  const isNarrow = width < leastForNames
  const named = spots.map((spot, place) => ({
    ...spot,
    label: isNarrow ? String(place + 1) : spot.label,
  }))
  const high = isNarrow ? 320 : 460
  const margin = isNarrow ? 34 : 70
  const field = { x: margin, y: 56, width: width - 2 * margin, height: high - 110 }
  const bubbles = layBubbles(named, field)
  const height = Math.max(high, ...bubbles.map(({ label: { y } }) => y + 40))
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
        <line className={classes.axis} x1="8" x2={width - 8} y1={high - 32} y2={high - 32} />
        <line className={classes.axis} x1="8" x2="8" y1="28" y2={high - 32} />
        <text className={classes.scale} x="14" y={high - 12}>
          {across[0]}
        </text>
        <text className={classes.scale} x={width - 8} y={high - 12} textAnchor="end">
          {across[1]}
        </text>
        <text className={classes.scale} x="8" y="18">
          {up[1]}
        </text>
        <text className={classes.scale} x="14" y={high - 40}>
          {up[0]}
        </text>
        {bubbles.map(({ id, x, y, radius, label: box, led }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table beside it does the same
          <g
            key={id}
            className={classes.open}
            data-opened={opened === id || undefined}
            onClick={() => onOpen(id)}
          >
            {led && (
              <line
                className={classes.lead}
                x1={x}
                y1={y}
                x2={box.x + box.width / 2}
                y2={box.y + box.height / 2}
              />
            )}
            <path
              className={classes.heart}
              d={heartPath}
              transform={`translate(${x - radius} ${y - radius}) scale(${radius / 24})`}
            />
            <text
              className={classes.name}
              x={box.x + box.width / 2}
              y={box.y + box.height / 2 + 5}
              textAnchor="middle"
            >
              {named.find((spot) => spot.id === id)?.label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  )
}
