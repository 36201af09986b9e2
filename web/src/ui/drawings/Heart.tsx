import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** The outline every heart of the product shares, on the 48 grid. */
export const heartPath =
  'M24 42.5C12.8 34 5.5 27 5.5 18.2 5.5 12 10 7.5 15.7 7.5c3.6 0 6.6 1.9 8.3 5.1 1.7-3.2 4.7-5.1 8.3-5.1 5.7 0 10.2 4.5 10.2 10.7 0 8.8-7.3 15.8-18.5 24.3Z'

/** The heart as a drawing, for empty states and thanks. */
export function Heart(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat colour={props.tone === 'grey' ? 'var(--grey-zone-soft)' : 'var(--heart)'}>
        <path d={heartPath} />
      </Flat>
      <path d={heartPath} />
    </Sketch>
  )
}

/** The suit: a plain heart beside an index or in a row. `hollow` is a place still free. */
export function Pip({ size = 14, hollow = false }: { size?: number; hollow?: boolean }) {
  return (
    <svg viewBox="3 5 42 40" width={size} height={size} aria-hidden focusable="false">
      <path
        d={heartPath}
        fill={hollow ? 'none' : 'var(--heart)'}
        stroke="var(--heart)"
        strokeWidth={hollow ? 4 : 1}
        strokeLinejoin="round"
      />
    </svg>
  )
}
