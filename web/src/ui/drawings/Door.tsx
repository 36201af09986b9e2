import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A door left ajar. */
export function Door(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M10.5 5.5 27 10v35L10.5 40.5Z" />
      </Flat>
      <path d="M10.5 40.5v-35h27v35" />
      <path d="M10.5 5.5 27 10v35l-16.5-4.5Z" />
      <path d="M22.5 27.5v2" strokeWidth="3.5" />
      <path d="M4 40.5h6.5M27 40.5h17" />
      <path d="M15 14.5l7.5 2v6.5L15 21Z" />
    </Sketch>
  )
}
