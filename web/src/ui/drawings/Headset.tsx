import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A call-centre headset: the people who answer. */
export function Headset(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <rect x="5" y="24" width="9" height="13" rx="4" />
        <rect x="34" y="24" width="9" height="13" rx="4" />
      </Flat>
      <path d="M9.5 24v-2.5a14.5 14.5 0 0 1 29 0V24" />
      <rect x="5" y="24" width="9" height="13" rx="4" />
      <rect x="34" y="24" width="9" height="13" rx="4" />
      <path d="M38.5 37c0 3.5-2.5 5.5-6 5.5h-3" />
      <path d="M22.5 42.5h7" strokeWidth="5" />
    </Sketch>
  )
}
