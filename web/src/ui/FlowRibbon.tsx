// Who goes from where to where, thick as the people in it; a table for a screen reader.
//   <FlowRibbon caption="Des services aux métiers" corner="Service" from={departments} to={roles}
//     flows={[{ from: 'finance', to: 'shop', value: 12 }]} count={words.count} />
// On a phone, a bar for each line of `from`, in the shades of `to`. `muted` hatches: without a place.
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import type { DrawingName } from './drawings/Drawing.tsx'
import { Drawing } from './drawings/Drawing.tsx'
import classes from './FlowRibbon.module.css'
import { type Flow, layFlows, ribbonPath } from './flow-ribbon.geometry.ts'

export type FlowEnd = {
  id: string
  label: string
  /** A second line: « 45 placés sur 60 ». */
  hint?: string
  drawing?: DrawingName
  muted?: boolean
}

const ribbonsHigh = 340
const labelWide = 200
const barWide = 12
/** Below this a picture of ribbons is only a knot. */
const leastWidth = 640

/** See the top of the file. `corner` heads the first column of the table, `count` writes a number. */
export function FlowRibbon({
  caption,
  corner,
  from,
  to,
  flows,
  count,
}: {
  caption: string
  corner: string
  from: FlowEnd[]
  to: FlowEnd[]
  flows: Flow[]
  count: (value: number) => string
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const peopleOf = (one: string, other: string) =>
    flows.find((flow) => flow.from === one && flow.to === other)?.value ?? 0
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>{caption}</figcaption>
      <div ref={ref} aria-hidden="true">
        {width >= leastWidth ? (
          <Ribbons width={width} from={from} to={to} flows={flows} />
        ) : (
          <Strips from={from} to={to} peopleOf={peopleOf} count={count} />
        )}
      </div>
      <table className={classes.read}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {to.map((end) => (
              <th key={end.id} scope="col">
                {end.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {from.map((end) => (
            <tr key={end.id}>
              <th scope="row">{end.label}</th>
              {to.map((other) => (
                <td key={other.id}>{count(peopleOf(end.id, other.id))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** The pointer lights up what belongs to the line below it. */
function Ribbons({
  width,
  from,
  to,
  flows,
}: {
  width: number
  from: FlowEnd[]
  to: FlowEnd[]
  flows: Flow[]
}) {
  const [lit, setLit] = useState<string>()
  const ids = (ends: FlowEnd[]) => ends.map(({ id }) => id)
  const { height, left, right, ribbons } = layFlows(ids(from), ids(to), flows, ribbonsHigh)
  const muted = new Set(to.filter((end) => end.muted).map(({ id }) => id))
  const x0 = labelWide + barWide
  const x1 = width - labelWide - barWide
  const label = (end: FlowEnd, side: 'left' | 'right', box: { y: number; height: number }) => (
    <foreignObject
      x={side === 'left' ? 0 : width - labelWide}
      y={box.y}
      width={labelWide}
      height={box.height}
    >
      <div className={classes.end} data-side={side}>
        {end.drawing && <Drawing name={end.drawing} size={28} />}
        <span>
          <b>{end.label}</b>
          {end.hint && <small>{end.hint}</small>}
        </span>
      </div>
    </foreignObject>
  )
  const ends = [
    ...left.map((box, place) => ({ box, end: from[place]!, side: 'left' as const })),
    ...right.map((box, place) => ({ box, end: to[place]!, side: 'right' as const })),
  ]
  return (
    <svg
      aria-hidden
      className={classes.ribbons}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      data-lit={lit !== undefined || undefined}
      onPointerLeave={() => setLit(undefined)}
    >
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" className={classes.hatchGround} />
          <path d="M-1 7L7 -1" className={classes.hatch} />
        </pattern>
      </defs>
      {ribbons.map((ribbon) => (
        <path
          key={`${ribbon.from} ${ribbon.to}`}
          d={ribbonPath(ribbon, x0, x1)}
          className={classes.ribbon}
          data-muted={muted.has(ribbon.to) || undefined}
          data-lit={lit === ribbon.from || lit === ribbon.to || undefined}
        />
      ))}
      {ends.map(({ box, end, side }) => (
        <g key={`${side} ${end.id}`} onPointerEnter={() => setLit(end.id)}>
          <rect
            x={side === 'left' ? labelWide : x1}
            y={box.bar.y}
            width={barWide}
            height={Math.max(1, box.bar.height)}
            className={classes.bar}
            data-muted={end.muted || undefined}
          />
          {label(end, side, box)}
        </g>
      ))}
    </svg>
  )
}

/** The same for a narrow screen: a bar each, as long as its people, in the shades of its ends. */
function Strips({
  from,
  to,
  peopleOf,
  count,
}: {
  from: FlowEnd[]
  to: FlowEnd[]
  peopleOf: (from: string, to: string) => number
  count: (value: number) => string
}) {
  const sum = (end: FlowEnd) => to.reduce((total, other) => total + peopleOf(end.id, other.id), 0)
  const most = Math.max(1, ...from.map(sum))
  return (
    <div className={classes.strips}>
      <ul className={classes.legend}>
        {to.map((end, place) => (
          <li key={end.id}>
            <span className={classes.shade} data-shade={end.muted ? 'none' : place} />
            {end.label}
          </li>
        ))}
      </ul>
      <ul className={classes.lines}>
        {from.map((end) => (
          <li key={end.id}>
            <span className={classes.lineHead}>
              <b>{end.label}</b>
              <small>{end.hint ?? count(sum(end))}</small>
            </span>
            <span className={classes.strip} style={{ width: `${(100 * sum(end)) / most}%` }}>
              {to.map((other, place) => {
                const value = peopleOf(end.id, other.id)
                return (
                  value > 0 && (
                    <span
                      key={other.id}
                      className={classes.shade}
                      data-shade={other.muted ? 'none' : place}
                      style={{ flexGrow: value }}
                    />
                  )
                )
              })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
