import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A glass, half full. */
export function Glass(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M13.5 25.5q3.5-1.6 7 0t7 0 7 0L33 41.5H15Z" />
      </Flat>
      <path d="m10.5 7.5 3.6 33q.2 2 2.2 2h15.4q2 0 2.2-2l3.6-33Z" />
      <path d="M12.8 25.5q3.6-1.6 7.4 0t7.4 0 7.6 0" />
    </Sketch>
  )
}
