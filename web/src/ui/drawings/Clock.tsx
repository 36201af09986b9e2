import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A wall clock: time that passes. */
export function Clock(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M24 25V7.5A17.5 17.5 0 0 1 41.5 25Z" />
      </Flat>
      <circle cx="24" cy="25" r="17.5" />
      <path d="M24 7.5V4M20 4h8" />
      <path d="M24 12v2M37 25h-2M24 38v-2M11 25h2" />
      <path d="M24 16.5V25l6.5 5" />
      <path d="M12 40.5 9.5 44M36 40.5l2.5 3.5" />
    </Sketch>
  )
}
