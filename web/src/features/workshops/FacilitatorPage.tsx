import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type FacilitatedSession,
  facilitatorRoutes as routes,
} from '#shared/workshops/workshops.facilitator.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { SeatHearts } from '../../ui/SeatHearts.tsx'
import { ShownCode } from '../../ui/ShownCode.tsx'
import { CameButtons } from './CameButtons.tsx'
import { CourseWays } from './CourseWays.tsx'
import classes from './Facilitator.module.css'
import { LinkedTo } from './LinkedTo.tsx'
import { SessionTicket } from './SessionTicket.tsx'
import { WalkIn } from './WalkIn.tsx'

/** Where the mail of whoever leads a session leads: what to print, who is expected, who came. */
export function FacilitatorPage() {
  const { token } = useParams({ from: '/animation/$token' })
  const session = useQuery({
    ...queryFor(routes.facilitatedSession, { params: { token } }),
    retry: false,
  })
  return <LinkedTo query={session}>{(read) => <Leading session={read} token={token} />}</LinkedTo>
}

interface Part {
  session: FacilitatedSession
  token: string
}

function Leading({ session, token }: Part) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  useLive(routes.facilitatorLive, { params: { token } }, [['api', 'facilitator-links', token]])
  const { state, opensAt, timeZone } = session
  return (
    <Page
      title={t(`leading.${state}.title`)}
      kicker={session.title}
      lead={t('leading.hello', { name: session.facilitator })}
      width="narrow"
    >
      {state !== 'open' && (
        <Notice title={t(`leading.${state}.what`, { from: words.until(opensAt, timeZone) })}>
          {t(`leading.${state}.text`)}
        </Notice>
      )}
      {state === 'open' && <Code session={session} />}
      {state === 'open' && <WhoCame session={session} token={token} />}
      <SessionTicket session={session} timeZone={timeZone} level={2} off={state === 'off'}>
        {session.address && <p className={classes.quiet}>{session.address}</p>}
      </SessionTicket>
      {state !== 'off' && (
        <Section title={t('documents.title')}>
          <CourseWays course={session.course} language={session.language} ledBy={token} />
        </Section>
      )}
      {(state === 'early' || state === 'closed') && <WhoCame session={session} token={token} />}
    </Page>
  )
}

function Code({ session }: { session: FacilitatedSession }) {
  const { t } = useTranslation('workshops')
  const { code, roomToken } = session
  if (!code || !roomToken) return null
  return (
    <ShownCode
      words={t('leading.show')}
      code={code}
      link={`${window.location.origin}/presence/${roomToken}`}
      label={t('leading.scan')}
    />
  )
}

function WhoCame({ session, token }: Part) {
  const { t } = useTranslation('workshops')
  const say = useCall(routes.sayCame)
  const { people, seats, state } = session
  const open = state === 'open'
  const came = people.filter(({ attended }) => attended === 'came').length
  const said =
    state === 'early'
      ? t('session.taken', { count: people.length, total: seats })
      : t('session.came', { count: came })
  return (
    <Section title={t(open ? 'leading.who' : 'leading.people')}>
      <SeatHearts
        taken={state === 'early' ? people.length : came}
        total={Math.max(seats, people.length)}
        label={said}
        size={22}
      />
      <p className={classes.quiet} aria-hidden>
        {said}
      </p>
      <Refused error={say.error} />
      {people.length === 0 && <p>{t('leading.nobody')}</p>}
      <ul className={classes.people} data-open={open || undefined}>
        {people.map(({ personId, name, siteName, walkIn, attended }) => (
          <li key={personId} className={classes.person}>
            <div>
              <p className={classes.name}>{name}</p>
              <p className={classes.quiet}>
                {[siteName, ...(walkIn ? [t('seats.walkIn')] : [])].filter(Boolean).join(' · ')}
              </p>
            </div>
            {open ? (
              <CameButtons
                name={name}
                attended={attended}
                busy={say.isPending && say.variables.params.personId === personId}
                onSay={(word) =>
                  say.mutate({ params: { token, personId }, body: { attended: word } })
                }
              />
            ) : (
              attended && <p>{t(`attended.${attended}`)}</p>
            )}
          </li>
        ))}
      </ul>
      {open && <WalkIn token={token} />}
    </Section>
  )
}
