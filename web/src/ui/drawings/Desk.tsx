import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A service window behind glass, with the bell one rings. */
export function Desk(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M4 30h40v5.5H4Z" />
        <path d="M9 6h30v5.5H9Z" />
      </Flat>
      <path d="M9 30V6h30v24" />
      <path d="M9 11.5h30" />
      <path d="M16 30v-5a8 8 0 0 1 8-8 8 8 0 0 1 8 8v5" />
      <path d="M22 30a3.5 3.5 0 0 1 7 0M25.5 26.5v-1.5" />
      <path d="M4 30h40v5H4Z" />
      <path d="M8 35v7.5h32V35" />
    </Sketch>
  )
}
