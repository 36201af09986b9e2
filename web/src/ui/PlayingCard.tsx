// A playing card: index in the corners, a framed drawing, a title, and whatever you put inside.
//
//   <PlayingCard index="V" drawing="counter" title="Vendeur en boutique" onClick={open} />   a button
//   <PlayingCard size="lg" index="V" drawing="counter" kicker="Jeudi 20 mai" title="…">…</PlayingCard>
//   <PlayingCard faceDown backLabel="Votre carte n’est pas encore tirée" … />   the back; flip the prop
//
// With `onClick` the whole card is one button: keep `children` to plain text and marks, no controls.
// Without it, it is an <article> and may hold anything. `motion="deal"` when it first arrives.
import type { ReactNode } from 'react'
import { CardBack } from './drawings/CardBack.tsx'
import { Drawing, type DrawingName } from './drawings/Drawing.tsx'
import { Pip } from './drawings/Heart.tsx'
import classes from './PlayingCard.module.css'

export type PlayingCardProps = {
  /** Role initial, one or two characters, for the corners. */
  index: string
  title: string
  drawing?: DrawingName
  /** A short line above the title: a date, a place. */
  kicker?: string
  /** A short line under the title. */
  lead?: string
  /** sm: in the hand; md: in a row of cards; lg: the one card of a page. */
  size?: 'sm' | 'md' | 'lg'
  /** Chosen: lifted, orange edge, `aria-pressed`. */
  selected?: boolean
  disabled?: boolean
  onClick?: () => void
  faceDown?: boolean
  /** What the back means, read out while face down. */
  backLabel?: string
  /** deal: flies in; join: slides up into the hand. `order` delays the deal by 70 ms each. */
  motion?: 'deal' | 'join'
  order?: number
  /** Level of the title; 3 unless told. */
  level?: 2 | 3
  children?: ReactNode
}

const artSize = { sm: 36, md: 72, lg: 96 }

/** See the top of the file. */
export function PlayingCard(props: PlayingCardProps) {
  const { size = 'md', faceDown = false, motion, order = 0 } = props
  return (
    <div
      className={classes.card}
      data-size={size}
      data-motion={motion}
      data-selected={props.selected || undefined}
      style={motion ? { animationDelay: `${order * 70}ms` } : undefined}
    >
      <div className={classes.turner} data-down={faceDown || undefined}>
        <Face {...props} size={size} />
        <div
          className={classes.back}
          {...(faceDown ? { role: 'img', 'aria-label': props.backLabel } : { 'aria-hidden': true })}
        >
          <CardBack />
        </div>
      </div>
    </div>
  )
}

function Face(props: PlayingCardProps & { size: 'sm' | 'md' | 'lg' }) {
  const { index, drawing, kicker, title, lead, size, disabled, level = 3, children } = props
  const asButton = props.onClick !== undefined
  const Title = asButton ? 'span' : level === 2 ? 'h2' : 'h3'
  const content = (
    <>
      <span className={classes.figure} aria-hidden>
        <Corner index={index} size={size} />
        <span className={classes.frame}>
          {drawing && (
            <Drawing name={drawing} size={artSize[size]} tone={disabled ? 'grey' : 'warm'} />
          )}
        </span>
        {size !== 'sm' && <Corner index={index} size={size} turned />}
      </span>
      <span className={classes.words}>
        {kicker && <span className={classes.kicker}>{kicker}</span>}
        <Title className={classes.title}>{title}</Title>
        {lead && <span className={classes.lead}>{lead}</span>}
      </span>
      {children && (asButton ? <span>{children}</span> : <div>{children}</div>)}
    </>
  )
  if (!asButton)
    return (
      <article className={classes.face} inert={props.faceDown}>
        {content}
      </article>
    )
  return (
    <button
      type="button"
      className={classes.face}
      onClick={props.onClick}
      disabled={disabled}
      aria-pressed={props.selected}
      inert={props.faceDown}
    >
      {content}
    </button>
  )
}

function Corner({ index, size, turned }: { index: string; size: string; turned?: boolean }) {
  return (
    <span className={classes.corner} data-turned={turned}>
      <span>{index}</span>
      <Pip size={size === 'lg' ? 20 : size === 'md' ? 15 : 11} />
    </span>
  )
}
