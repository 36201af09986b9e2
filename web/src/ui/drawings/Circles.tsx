import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** Three circles that touch at the foot: what I decide, what I influence, what I take in. */
export function Circles(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <circle cx="24" cy="33.5" r="8" />
      </Flat>
      <circle cx="24" cy="24" r="19.5" />
      <circle cx="24" cy="29" r="13.5" />
      <circle cx="24" cy="34" r="8" />
    </Sketch>
  )
}
