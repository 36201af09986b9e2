// The seats of a room, each a heart, in fives so that they can be counted:
//   <SeatHearts taken={7} held={1} total={12} label="7 places prises sur 12, 1 proposée" />
import { Pip } from './drawings/Heart.tsx'
import classes from './SeatHearts.module.css'

const five = 5

/** Taken ones are full, held ones half said, free ones hollow; more people than seats fills them all. */
export function SeatHearts({
  taken,
  held = 0,
  total,
  label,
  size = 16,
}: {
  taken: number
  /** Kept for somebody who has not answered yet. */
  held?: number
  total: number
  label: string
  size?: number
}) {
  const isHeld = (seat: number) => seat >= taken && seat < taken + held
  const fives = Array.from({ length: Math.ceil(total / five) }, (_, row) => row * five)
  return (
    <span className={classes.seats} role="img" aria-label={label}>
      {fives.map((first) => (
        <span key={first} className={classes.five}>
          {Array.from({ length: Math.min(five, total - first) }, (_, place) => first + place).map(
            (seat) => (
              <span key={seat} className={classes.seat} data-held={isHeld(seat) || undefined}>
                <Pip size={size} hollow={seat >= taken} />
              </span>
            ),
          )}
        </span>
      ))}
    </span>
  )
}
