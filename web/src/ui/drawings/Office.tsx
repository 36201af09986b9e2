import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A desk, a screen, a cup: the offices. */
export function Office(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <rect x="9" y="7" width="24" height="17" rx="2.5" />
      </Flat>
      <rect x="9" y="7" width="24" height="17" rx="2.5" />
      <path d="M21 24v7M15.5 31h11" />
      <path d="M33.5 25h6v3.5A2.5 2.5 0 0 1 37 31h-1a2.5 2.5 0 0 1-2.5-2.5ZM39.5 26h1.2a1.8 1.8 0 0 1 0 3.6h-1.4" />
      <path d="M4 31h40M8 31v11.5M40 31v11.5M28 31v6.5h12" />
    </Sketch>
  )
}
