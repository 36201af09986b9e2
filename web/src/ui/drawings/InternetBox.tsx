import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** The box on the shelf that brings the network home, its lights and waves. */
export function InternetBox(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <rect x="5" y="26" width="38" height="13.5" rx="3" />
      </Flat>
      <rect x="5" y="26" width="38" height="13.5" rx="3" />
      <path d="M10.5 39.5v3M37.5 39.5v3" />
      <path d="M11 26V12.5M37 26V12.5" />
      <path d="M19.5 17.5a6.5 6.5 0 0 1 9 0M16 12.5a11.5 11.5 0 0 1 16 0" />
      <path d="M24 22h.01" strokeWidth="4" />
      <path d="M12 33h.01M18 33h.01" strokeWidth="3.5" />
      <path d="M27 33h10" />
    </Sketch>
  )
}
