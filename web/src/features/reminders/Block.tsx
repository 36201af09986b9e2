import type { ReactNode } from 'react'
import classes from './Editor.module.css'
import { useFault } from './WordingField.tsx'

/** A part of the editor, with what is at fault in it as a whole. */
export function Block({
  title,
  lead,
  path,
  children,
}: {
  title: string
  lead?: string
  path: string
  children: ReactNode
}) {
  const fault = useFault(path)
  return (
    <section className={classes.block} id={`at-${path}`} tabIndex={-1}>
      <h2>{title}</h2>
      {lead && <p className={classes.quiet}>{lead}</p>}
      {fault && <p className={classes.fault}>{fault}</p>}
      {children}
    </section>
  )
}

/** One of several alike inside a part: a scene, a reaction, a mission. */
export function Item({
  title,
  path,
  aside,
  children,
}: {
  title: string
  path: string
  aside?: ReactNode
  children: ReactNode
}) {
  const fault = useFault(path)
  return (
    <fieldset className={classes.item} id={`at-${path}`} tabIndex={-1}>
      <legend>{title}</legend>
      {fault && <p className={classes.fault}>{fault}</p>}
      {children}
      {aside && <div className={classes.itemFoot}>{aside}</div>}
    </fieldset>
  )
}
