import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A shop front with its awning and counter. */
export function Counter(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M9 6h7.5l-2.25 9.5v1a4.625 4.625 0 0 1-9.25 0v-1Z" />
        <path d="M24 6h7.5l2.25 9.5v1a4.875 4.875 0 0 1-9.75 0Z" />
        <path d="M6 31h36v5H6Z" />
      </Flat>
      <path d="M9.5 6h29l4.5 9.5H5Z" />
      <path d="M5 15.5v1a4.75 4.75 0 0 0 9.5 0v-1M14.5 15.5v1a4.75 4.75 0 0 0 9.5 0v-1M24 15.5v1a4.75 4.75 0 0 0 9.5 0v-1M33.5 15.5v1a4.75 4.75 0 0 0 9.5 0v-1" />
      <path d="M8.5 22v9M39.5 22v9" />
      <path d="M5 31h38v4.5H5Z" />
      <path d="M8.5 35.5V42h31v-6.5" />
    </Sketch>
  )
}
