import { Flat, Sketch, type SketchProps } from './Sketch.tsx'

const receiver =
  'M4.5 36v-4.5C4.5 25 12.5 21 24 21s19.5 4 19.5 10.5V36a3 3 0 0 1-3 3H35a3 3 0 0 1-3-3v-3.5c0-1.8-3.5-2.8-8-2.8s-8 1-8 2.8V36a3 3 0 0 1-3 3H7.5a3 3 0 0 1-3-3Z'

/** A telephone receiver and the arrow that comes back: calling a customer again. */
export function CallBack(props: SketchProps) {
  return (
    <Sketch {...props}>
      <Flat>
        <path d={receiver} />
      </Flat>
      <path d={receiver} />
      <path d="M36 14.5C32.5 8 22 5.5 14 12" />
      <path d="M13.5 5v7.5H21" />
    </Sketch>
  )
}
