// Links of one moment behind one word of the bar: <NavGroup label="Préparer"><Link …/>…</NavGroup>
// Where the frame's menu is open (a phone), the word is a heading and its links stand below it.
import { IconChevronDown } from '@tabler/icons-react'
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useState,
} from 'react'
import classes from './NavGroup.module.css'

/** See the top of the file. Closes at Escape, at a press elsewhere, and when the focus goes on. */
export function NavGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open) return
    const pressed = ({ target }: PointerEvent) => {
      if (!document.getElementById(id)?.contains(target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', pressed)
    return () => document.removeEventListener('pointerdown', pressed)
  }, [open, id])
  function left({ currentTarget, relatedTarget }: FocusEvent) {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false)
  }
  function pressed({ key, currentTarget }: KeyboardEvent) {
    if (key !== 'Escape' || !open) return
    setOpen(false)
    currentTarget.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the button and links inside
    <div id={id} className={classes.group} onBlur={left} onKeyDown={pressed}>
      <p className={classes.heading}>{label}</p>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        aria-controls={`${id}-links`}
        onClick={(event) => {
          // The frame closes its menu at a press inside; this one opens another.
          event.stopPropagation()
          setOpen(!open)
        }}
      >
        {label}
        <IconChevronDown size={16} stroke={2.5} aria-hidden />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link followed by keyboard clicks too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press on a link is a press on what holds it */}
      <div
        id={`${id}-links`}
        className={classes.links}
        data-open={open || undefined}
        onClick={() => setOpen(false)}
      >
        {children}
      </div>
    </div>
  )
}
