// Cards to print and hand out: A4, two across, dashed lines to cut along.
//   <PrintSheet cards={[{ id, kicker, title, lines: ['…'], codeLabel: 'Votre code', code: 'K7M4PQ',
//     picture: <svg…/>, foot: 'https://…' }]} />
// Give a page around it a <Button onClick={() => window.print()}>; buttons do not print.
import type { ReactNode } from 'react'
import { Pip } from './drawings/Heart.tsx'
import classes from './PrintSheet.module.css'

export type PrintCard = {
  id: string
  kicker?: string
  title: string
  lines: string[]
  codeLabel: string
  /** Shown in groups of three or four characters; the spaces are only for the eye. */
  code: string
  /** A QR code or nothing. */
  picture?: ReactNode
  foot?: string
}

/** See the top of the file. */
export function PrintSheet({ cards }: { cards: PrintCard[] }) {
  return (
    <ul className={classes.sheet}>
      {cards.map((card) => (
        <li key={card.id} className={classes.card}>
          <div className={classes.head}>
            <span className={classes.corner} aria-hidden>
              10
              <Pip size={14} />
            </span>
            <div className={classes.words}>
              {card.kicker && <p className={classes.kicker}>{card.kicker}</p>}
              <p className={classes.title}>{card.title}</p>
              {card.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          </div>
          <div className={classes.codes}>
            <div>
              <p className={classes.kicker}>{card.codeLabel}</p>
              <p className={classes.code}>{grouped(card.code)}</p>
              {card.foot && <p className={classes.foot}>{card.foot}</p>}
            </div>
            {card.picture && <div className={classes.picture}>{card.picture}</div>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Four by four when it divides, three by three otherwise: what an eye copies without losing its place. */
function grouped(code: string): string {
  const size = code.length % 4 === 0 ? 4 : 3
  return code.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? code
}
