// The drawings one writes in: wide enough for a felt pen on A4, one ink line, one flat colour set
// slightly off register like every drawing of ours. Labels come from the course; none, and it is
// the small picture of a shelf.
import type { ReactNode } from 'react'
import type { pageDrawings } from '#shared/workshops/workshops.course.ts'
import classes from './PageDrawing.module.css'
import { linesOf } from './workshops.told.ts'

type Place = { x: number; y: number; longest: number }

const drawings: Record<(typeof pageDrawings)[number], { shapes: ReactNode; places: Place[] }> = {
  circles: {
    // They touch at the foot, so that each ring is widest where one writes.
    shapes: (
      <>
        <circle cx="184" cy="214" r="53" className={classes.flat} />
        <circle cx="182" cy="143" r="139" />
        <circle cx="182" cy="179" r="95" />
        <circle cx="182" cy="212" r="53" className={classes.strong} />
      </>
    ),
    places: [
      { x: 182, y: 28, longest: 20 },
      { x: 182, y: 106, longest: 18 },
      { x: 182, y: 186, longest: 12 },
    ],
  },
  glass: {
    shapes: (
      <>
        <g className={classes.flat}>
          <path d="M106 194q19-6 38 0t38 0 38 0 38 0l-11 86H120z" />
          <path
            d="M-18-28h36l10-4-8 14c4 18 4 36-2 48h-36c-8-16-6-40 0-58Z"
            transform="translate(84 52) rotate(55)"
          />
        </g>
        <g transform="translate(82 50) rotate(55)">
          <path d="M-18-28h36l10-4-8 14c4 18 4 36-2 48h-36c-8-16-6-40 0-58Z" />
          <path d="M-21-16c-22-2-22 34-1 34" />
        </g>
        <path d="M125 57c4 5 5 14 5 24v112h-7V84c0-6 0-13-2-18Z" className={classes.flat} />
        <path d="M125 57c4 5 5 14 5 24v108M121 66c2 5 2 12 2 18v105" />
        <path d="m90 104 22 174q.5 4 5 4h130q4.5 0 5-4l22-174" className={classes.strong} />
        <path d="M102 192q20-6 40 0t40 0 40 0 40 0" />
        <path d="M160 66h160M160 88h160" className={classes.ruled} />
      </>
    ),
    places: [
      { x: 240, y: 22, longest: 24 },
      { x: 190, y: 122, longest: 24 },
      { x: 182, y: 214, longest: 24 },
    ],
  },
}

/** See the top of the file. The labels are drawn, and a list of them is read aloud. */
export function PageDrawing({
  drawing,
  labels = [],
}: {
  drawing: keyof typeof drawings
  labels?: string[]
}) {
  const { shapes, places } = drawings[drawing]
  return (
    <>
      <svg viewBox="36 0 292 290" className={classes.drawing} aria-hidden focusable="false">
        {shapes}
        {labels.map((label, place) => (
          <Label key={label} label={label} {...(places[place] ?? places[0]!)} />
        ))}
      </svg>
      {labels.length > 0 && (
        <ul className={classes.spoken}>
          {labels.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      )}
    </>
  )
}

/** A label in as many lines as it takes; of « what I decide: I do », the verb stands out. */
function Label({ label, x, y, longest }: Place & { label: string }) {
  const lines = linesOf(label, longest)
  const isVerb = (number: number) => number > 0 && number === lines.length - 1 && /:/.test(label)
  return (
    <text x={x} y={y} className={classes.label}>
      {lines.map((line, number) => (
        <tspan
          key={line}
          x={x}
          dy={number === 0 ? 0 : '1.2em'}
          data-verb={isVerb(number) || undefined}
        >
          {line}
        </tspan>
      ))}
    </text>
  )
}
