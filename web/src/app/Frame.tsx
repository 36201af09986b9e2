import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsRoutes, type Me } from '#shared/accounts/accounts.contract.ts'
import { type Language, languages } from '#shared/vocabulary/language.ts'
import { OutboxLine } from '../features/observations/OutboxLine.tsx'
import { codesKey } from '../features/observations/observations.api.ts'
import { codesToGo, forgetOthersCodes } from '../features/observations/observations.device.ts'
import { sendAll } from '../features/observations/observations.outbox.ts'
import { AppShell } from '../ui/AppShell.tsx'
import { call } from './api.ts'
import { speak } from './i18n.ts'
import { Navigation } from './Navigation.tsx'
import { nobody } from './reader.ts'
import { meKey, readerOf, rememberReader, useDemo, useMe } from './session.ts'

const LeavingCodes = lazy(async () => {
  const { LeavingCodes } = await import('../features/observations/LeavingCodes.tsx')
  return { default: LeavingCodes }
})

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
    if (me !== undefined) void receive(me, client)
  }, [me, client])
  const [leavingCodes, setLeavingCodes] = useState<readonly string[]>([])

  async function choose(code: string) {
    await speak(code as Language)
    if (!me) return
    const answer = await call(accountsRoutes.chooseLanguage, {
      body: { language: code as Language },
    })
    client.setQueryData(meKey, answer)
  }

  async function askToLeave() {
    const codes = await codesToGo(nobody, true)
    if (codes.length > 0) setLeavingCodes(codes)
    else await signOut()
  }

  async function signOut() {
    setLeavingCodes([])
    await call(accountsRoutes.signOut, { params: { sessionId: 'current' } })
    await forgetOthersCodes(nobody, true)
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
            onSignOut: () => void askToLeave(),
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
      {me && leavingCodes.length > 0 && (
        <Suspense>
          <LeavingCodes
            codes={leavingCodes}
            reader={me.accountId}
            onLeave={() => void signOut()}
            onStay={() => setLeavingCodes([])}
          />
        </Suspense>
      )}
    </AppShell>
  )
}

/** Somebody reads from now on: what others left that is not for them goes, what is theirs is sent. */
async function receive(me: Me | null, client: QueryClient): Promise<void> {
  await forgetOthersCodes(readerOf(me))
  // What they read meanwhile is read again, to be kept as theirs.
  if ((await rememberReader(me)) && me) void client.invalidateQueries({ queryKey: ['api'] })
  await client.invalidateQueries({ queryKey: codesKey })
  await sendAll()
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
