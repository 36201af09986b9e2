import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A street with its houses and lamp: outside, on the way. */
export function Street(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M4 16.5 11.5 9l7.5 7.5Z" />
        <path d="M19 21.5h13v20H19Z" />
      </Flat>
      <path d="M4.5 41.5v-25L11.5 9l7.5 7.5v25" />
      <path d="M19 21.5h13v20" />
      <path d="M9.5 21h4M9.5 27.5h4M9.5 41.5v-7h4v7" />
      <path d="M23 27h5M23 33h5" />
      <path d="M39 41.5V17M34.5 17h9L42 11h-6Z" />
      <path d="M2.5 41.5h43" />
    </Sketch>
  )
}
