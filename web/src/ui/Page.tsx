// Every page: <Page title="…" lead="…" action={<Button>…</Button>}>…</Page>
// It sets the document title and the only <h1>; `action` is the page's one primary action.
// After a navigation the app may focus #page-title so that it is read out.
// width: narrow (a form or a card, 36 rem), wide (default, 70 rem), full (tables and studio, 96 rem).
// <Section title="…"> is a part of a page; <Stack> from Mantine spaces the rest.
import type { ReactNode } from 'react'
import classes from './Page.module.css'

export type PageProps = {
  title: string
  /** One sentence under the title. */
  lead?: ReactNode
  /** A short line above the title: the day, the site. */
  kicker?: ReactNode
  /** The one primary action. */
  action?: ReactNode
  /** A link back, above everything. */
  back?: ReactNode
  width?: 'narrow' | 'wide' | 'full'
  children?: ReactNode
}

/** See the top of the file. */
export function Page({ title, lead, kicker, action, back, width = 'wide', children }: PageProps) {
  return (
    <div className={classes.page} data-width={width}>
      <title>{`${title} · 10 de cœur`}</title>
      {back && <div className={classes.back}>{back}</div>}
      <header className={classes.head}>
        <div className={classes.words}>
          {kicker && <p className={classes.kicker}>{kicker}</p>}
          <h1 id="page-title" tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {action && <div className={classes.action}>{action}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  )
}

/** A titled part of a page; `aside` sits beside the title (a count, a quiet button). */
export function Section({
  title,
  lead,
  aside,
  children,
}: {
  title: string
  lead?: ReactNode
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {lead && <p className={classes.sectionLead}>{lead}</p>}
      {children}
    </section>
  )
}

/** A plain white surface, for what is neither a playing card nor a table. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className={classes.panel}>{children}</div>
}

/** Side by side when there is room for `min` each, one under the other on a phone. */
export function Row({ min = '16rem', children }: { min?: string; children: ReactNode }) {
  return (
    <div
      className={classes.row}
      style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(${min}, 100%), 1fr))` }}
    >
      {children}
    </div>
  )
}

/** The one button of a phone screen, held at the bottom under the thumb; `note` sits beside it. */
export function BottomBar({ note, children }: { note?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.bottom} data-print="hide">
      <div className={classes.bottomInner}>
        {note && <div className={classes.note}>{note}</div>}
        {children}
      </div>
    </div>
  )
}
