// <Drawing name="van" size={64} /> picks one of our six drawings by name, so that a feature can keep
// "which drawing for which role" as plain data.
import { CallBack } from './CallBack.tsx'
import { Counter } from './Counter.tsx'
import { Headset } from './Headset.tsx'
import { Heart } from './Heart.tsx'
import { Office } from './Office.tsx'
import type { SketchProps } from './Sketch.tsx'
import { Van } from './Van.tsx'

const drawings = {
  headset: Headset,
  counter: Counter,
  van: Van,
  callBack: CallBack,
  office: Office,
  heart: Heart,
}

export type DrawingName = keyof typeof drawings

/** One of the six drawings; see SketchProps for size, tone and label. */
export function Drawing({ name, ...props }: SketchProps & { name: DrawingName }) {
  const Chosen = drawings[name]
  return <Chosen {...props} />
}
