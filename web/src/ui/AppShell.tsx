// The frame of every page: word-mark, links, language, sign out, then <main>.
//   <AppShell home={<Link to="/">…} nav={<><Link to="/jour">La journée</Link>…</>} words={…}
//     languages={[{ code: 'fr', name: 'Français' }, …]} language="fr" onLanguage={…}
//     person="Claire Martin" onSignOut={…}>{page}</AppShell>
// `nav` holds plain links (any router's); the one with aria-current="page" is underlined in orange.
// Without `nav` and `person` (a host's link, sign-in) only the mark and the language remain.
import { IconLogout, IconMenu2, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './AppShell.module.css'
import { Brand } from './Brand.tsx'

export type AppShellWords = {
  skip: string
  menu: string
  closeMenu: string
  nav: string
  language: string
  signOut: string
}

export type AppShellProps = {
  /** Renders the link home around the word-mark; a plain `<a href="/">` unless told. */
  home?: (mark: ReactNode) => ReactNode
  nav?: ReactNode
  words: AppShellWords
  languages: { code: string; name: string }[]
  language: string
  onLanguage: (code: string) => void
  /** Who is signed in; with `onSignOut` it shows the way out. */
  person?: string
  onSignOut?: () => void
  /** Under the bar, on every page: what the reader should know now; usually nothing. */
  status?: ReactNode
  /** Under the page, on every page: legal notice, help. */
  footer?: ReactNode
  children: ReactNode
}

/** See the top of the file. */
export function AppShell(props: AppShellProps) {
  const { words } = props
  const [open, setOpen] = useState(false)
  const hasMenu = Boolean(props.nav || props.onSignOut)
  const mark = <Brand />
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {words.skip}
      </a>
      <header className={classes.header} data-print="hide">
        <div className={classes.bar}>
          <span className={classes.home}>
            {props.home ? props.home(mark) : <a href="/">{mark}</a>}
          </span>
          {hasMenu && (
            <button
              type="button"
              className={classes.burger}
              aria-expanded={open}
              aria-controls="shell-menu"
              aria-label={open ? words.closeMenu : words.menu}
              onClick={() => setOpen(!open)}
            >
              {open ? <IconX size={24} /> : <IconMenu2 size={24} />}
            </button>
          )}
          <div
            id="shell-menu"
            className={classes.menu}
            data-open={open || undefined}
            data-bare={!hasMenu || undefined}
          >
            {props.nav && (
              // biome-ignore lint/a11y/useKeyWithClickEvents: a link followed by keyboard clicks too
              <nav className={classes.nav} aria-label={words.nav} onClick={() => setOpen(false)}>
                {props.nav}
              </nav>
            )}
            <div className={classes.person}>
              <fieldset className={classes.languages}>
                <legend className={classes.hidden}>{words.language}</legend>
                {props.languages.map(({ code, name }) => (
                  <button
                    key={code}
                    type="button"
                    lang={code}
                    aria-pressed={code === props.language}
                    aria-label={`${code.toUpperCase()}, ${name}`}
                    onClick={() => props.onLanguage(code)}
                  >
                    {code.toUpperCase()}
                  </button>
                ))}
              </fieldset>
              {props.person && <span className={classes.name}>{props.person}</span>}
              {props.onSignOut && (
                <button type="button" className={classes.out} onClick={props.onSignOut}>
                  <IconLogout size={20} aria-hidden />
                  {words.signOut}
                </button>
              )}
            </div>
          </div>
        </div>
        {props.status}
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {props.children}
      </main>
      {props.footer && (
        <footer className={classes.footer} data-print="hide">
          {props.footer}
        </footer>
      )}
    </div>
  )
}
