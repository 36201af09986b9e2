import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A letter, come or to be sent. */
export function Letter(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M6 11.5h36L24 27Z" />
      </Flat>
      <rect x="5" y="10.5" width="38" height="28" rx="2.5" />
      <path d="M6 12l18 15 18-15" />
      <path d="M6 37.5 18 24.5M42 37.5 30 24.5" />
    </Sketch>
  )
}
