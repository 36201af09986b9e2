// <Drawing name="van" size={64} /> picks one of our drawings by name, so that a feature can keep
// "which drawing for which role" as plain data.
import { CallBack } from './CallBack.tsx'
import { Circles } from './Circles.tsx'
import { Clock } from './Clock.tsx'
import { Counter } from './Counter.tsx'
import { Desk } from './Desk.tsx'
import { Door } from './Door.tsx'
import { Glass } from './Glass.tsx'
import { Headset } from './Headset.tsx'
import { Heart } from './Heart.tsx'
import { House } from './House.tsx'
import { InternetBox } from './InternetBox.tsx'
import { Letter } from './Letter.tsx'
import { Office } from './Office.tsx'
import { Phone } from './Phone.tsx'
import { Queue } from './Queue.tsx'
import type { SketchProps } from './Sketch.tsx'
import { Street } from './Street.tsx'
import { Van } from './Van.tsx'
import { Window } from './Window.tsx'

const drawings = {
  headset: Headset,
  counter: Counter,
  van: Van,
  callBack: CallBack,
  office: Office,
  heart: Heart,
  home: House,
  box: InternetBox,
  phone: Phone,
  queue: Queue,
  clock: Clock,
  door: Door,
  letter: Letter,
  street: Street,
  desk: Desk,
  window: Window,
  circles: Circles,
  glass: Glass,
}

export type DrawingName = keyof typeof drawings

/** One of our drawings; see SketchProps for size, tone and label. */
export function Drawing({ name, ...props }: SketchProps & { name: DrawingName }) {
  const Chosen = drawings[name]
  return <Chosen {...props} />
}
