import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A technician's van with its ladder. */
export function Van(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M4 35V16.5a2.5 2.5 0 0 1 2.5-2.5H28v21Z" />
      </Flat>
      <path d="M7 8.5h18M11 8.5V14M21 8.5V14" />
      <path d="M8 36H6a2 2 0 0 1-2-2V16.5A2.5 2.5 0 0 1 6.5 14H28v22H18" />
      <path d="M28 19.5h7.2a2.5 2.5 0 0 1 2 1L43 28v6a2 2 0 0 1-2 2h-1M30 36h-2" />
      <path d="M33 19.5V28h10" />
      <circle cx="13" cy="36.5" r="4.75" fill="var(--card)" />
      <circle cx="35" cy="36.5" r="4.75" fill="var(--card)" />
    </Sketch>
  )
}
