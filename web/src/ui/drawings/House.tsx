import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A house with its door and chimney: at home. */
export function House(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M24 7 43 23.5H5Z" />
        <path d="M20 41.5V31a4 4 0 0 1 8 0v10.5Z" />
      </Flat>
      <path d="M33 15V8.5h4.5V19" />
      <path d="M5 23.5 24 7l19 16.5" />
      <path d="M9.5 19.7v21.8h29V19.7" />
      <path d="M20 41.5V31a4 4 0 0 1 8 0v10.5" />
      <path d="M4 41.5h40" />
    </Sketch>
  )
}
