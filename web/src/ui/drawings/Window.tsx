import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

/** A window in the evening: somebody waits behind it. */
export function Window(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d="M10 5.5h5.5c0 9-1 14-5.5 17Z" />
        <path d="M38 5.5h-5.5c0 9 1 14 5.5 17Z" />
        <path d="M5 37.5h38V42H5Z" />
      </Flat>
      <rect x="10" y="5.5" width="28" height="32" />
      <path d="M24 5.5v32M10 22h28" />
      <path d="M15.5 5.5c0 9-1 13.5-5.5 16.5M32.5 5.5c0 9 1 13.5 5.5 16.5" />
      <path d="M5 37.5h38V42H5Z" />
      <path d="M27.5 31.5h7l-1 6h-5ZM31 31.5V26M31 28.5c0-2.5 1.5-3.5 4-3.5 0 2.5-1.5 3.5-4 3.5ZM31 27c0-2-1-3-3.5-3 0 2 1 3 3.5 3Z" />
    </Sketch>
  )
}
