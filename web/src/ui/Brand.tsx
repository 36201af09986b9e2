// The word-mark: « 10 de cœur », a small ten of hearts before its name.
import classes from './Brand.module.css'
import { heartPath } from './drawings/Heart.tsx'

/** `height` in pixels of the little card. */
export function Brand({ height = 34 }: { height?: number }) {
  return (
    <span className={classes.brand}>
      <svg
        viewBox="0 0 36 44"
        height={height}
        width={(height * 36) / 44}
        aria-hidden
        focusable="false"
      >
        <rect
          x="1"
          y="1"
          width="34"
          height="42"
          rx="7"
          fill="var(--orange)"
          stroke="var(--ink)"
          strokeWidth="2"
        />
        <path d={heartPath} transform="translate(6.5 10.5) scale(.48)" fill="var(--ink)" />
      </svg>
      <span className={classes.words}>10 de cœur</span>
    </span>
  )
}
