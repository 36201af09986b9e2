import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** People one behind the other at a rope. */
export function Queue(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M16.5 30v-4.5a7.5 7.5 0 0 1 15 0V30Z" />
      </Flat>
      <circle cx="24" cy="11.5" r="4.5" />
      <path d="M16.5 30v-4.5a7.5 7.5 0 0 1 15 0V30" />
      <circle cx="9.5" cy="15" r="3.7" />
      <path d="M3.5 30v-3a6 6 0 0 1 9.2-5" />
      <circle cx="38.5" cy="15" r="3.7" />
      <path d="M44.5 30v-3a6 6 0 0 0-9.2-5" />
      <path d="M8 31.5V43M40 31.5V43M5 43h6M37 43h6" />
      <path d="M8 34c6 6.5 26 6.5 32 0" />
    </Sketch>
  )
}
