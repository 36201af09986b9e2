import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A telephone in the hand, ringing. */
export function Phone(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M14 11h19v24H14Z" />
      </Flat>
      <rect x="14" y="4.5" width="19" height="38" rx="3.5" />
      <path d="M14 11h19M14 35h19" />
      <path d="M23.5 38.8h.01" strokeWidth="3" />
      <path d="M18.5 17.5h8M18.5 22.5h5" />
      <path d="M38 17a9.5 9.5 0 0 1 0 12M42 13.5a15.5 15.5 0 0 1 0 19" />
      <path d="M9 17a9.5 9.5 0 0 0 0 12" />
    </Sketch>
  )
}
