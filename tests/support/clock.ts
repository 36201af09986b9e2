import type { Clock } from '#server/platform/clock.ts'

/** Runs like the real one, from wherever the test moved it to. */
export class MovingClock implements Clock {
  #offset = 0
  now = () => new Date(Date.now() + this.#offset)
  set(instant: string) {
    this.#offset = new Date(instant).getTime() - Date.now()
  }
  advance({ minutes }: { minutes: number }) {
    this.#offset += minutes * 60_000
  }
}
