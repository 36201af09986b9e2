import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { type Language, languages } from '#shared/vocabulary/language.ts'
import { OutboxLine } from '../features/observations/OutboxLine.tsx'
import { sendAll } from '../features/observations/observations.outbox.ts'
import { AppShell } from '../ui/AppShell.tsx'
import { call } from './api.ts'
import { speak } from './i18n.ts'
import { Navigation } from './Navigation.tsx'
import { meKey, rememberReader, useDemo, useMe } from './session.ts'

/** Around every page: word-mark, links for what this person may do, language, way out. */
export function Frame() {
  const { t, i18n } = useTranslation('app')
  const me = useMe()
  const demo = useDemo()
  const client = useQueryClient()
  const router = useRouter()
  usePageFocus()
  // Whoever came back may have observations waiting here for them.
  useEffect(() => {
    if (me !== undefined) void rememberReader(me).then(sendAll)
  }, [me])

  async function choose(code: string) {
    await speak(code as Language)
    if (!me) return
    const answer = await call(accountsRoutes.chooseLanguage, {
      body: { language: code as Language },
    })
    client.setQueryData(meKey, answer)
  }

  async function signOut() {
    await call(accountsRoutes.signOut, { params: { sessionId: 'current' } })
    client.clear()
    await rememberReader(null)
    await router.navigate({ to: '/connexion' })
  }

  return (
    <AppShell
      home={(mark) => <Link to="/">{mark}</Link>}
      words={{
        skip: t('skip'),
        menu: t('menu'),
        closeMenu: t('closeMenu'),
        nav: t('navigation'),
        language: t('language'),
        signOut: t('signOut'),
      }}
      languages={languages.map((code) => ({ code, name: t(`languages.${code}`) }))}
      language={i18n.language}
      status={<OutboxLine />}
      onLanguage={(code) => void choose(code)}
      {...(me
        ? {
            nav: <Navigation me={me} />,
            person: me.displayName,
            onSignOut: () => void signOut(),
          }
        : {})}
      footer={
        <>
          <Link to="/mes-observations">{t('nav.observations')}</Link>
          {me && <Link to="/compte">{t('nav.account')}</Link>}
          {demo && <Link to="/mailbox">{t('nav.mailbox')}</Link>}
        </>
      }
    >
      <Outlet />
    </AppShell>
  )
}

/** After a navigation the new page's title is read out, as a page load would do. */
function usePageFocus() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what changed
  useEffect(() => {
    if (first.current) first.current = false
    else document.getElementById('page-title')?.focus({ preventScroll: true })
  }, [path])
}
