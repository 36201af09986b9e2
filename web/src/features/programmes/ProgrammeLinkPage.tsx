import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type LinkedProgramme,
  programmeLinksRoutes as routes,
} from '#shared/programmes/programmes.links.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { DateField } from '../../ui/DateField.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { GoneLink, goneBy } from './GoneLink.tsx'
import classes from './Programmes.module.css'
import { RenewLinks } from './RenewLinks.tsx'

/** From the foot of a mail: pause, stop, come back; without an account, and nobody hears of it. */
export function ProgrammeLinkPage() {
  const { t } = useTranslation('programmes')
  const { token } = useParams({ from: '/parcours/$token' })
  const linked = useQuery({
    ...queryFor(routes.linkedProgramme, { params: { token } }),
    retry: false,
  })
  const gone = goneBy(linked.error)
  const renew = useCall(routes.renewLinked, { refresh: [] })
  if (gone) return <GoneLink gone={gone} kind="programme" token={token} />
  return (
    <Page
      title={t('link.title')}
      kicker={linked.data?.programmeName}
      lead={t('link.lead')}
      width="narrow"
    >
      <Answered query={linked}>
        {(programme) =>
          renew.data ? (
            <Notice tone="success" title={t('renew.done')}>
              {t(renew.data.mailed ? 'renew.mailed' : 'gone.notMailedText')}
            </Notice>
          ) : (
            <div className={classes.stack}>
              <Choosing token={token} programme={programme} />
              <Refused error={renew.error} />
              <div className={classes.leaked}>
                <p className={classes.quiet}>{t('renew.ownWhy')}</p>
                <RenewLinks
                  button={t('renew.own')}
                  text={t('renew.ownText')}
                  busy={renew.isPending}
                  onRenew={(done) => renew.mutate({ params: { token } }, done)}
                />
              </div>
            </div>
          )
        }
      </Answered>
    </Page>
  )
}

function Choosing({ token, programme }: { token: string; programme: LinkedProgramme }) {
  const { t } = useTranslation('programmes')
  const words = useWords()
  const params = { token }
  const stop = useCall(routes.stopLinked)
  const resume = useCall(routes.resumeLinked)
  const { stopped, paused, pausedUntil } = programme
  if (stopped) {
    return (
      <>
        <Refused error={stop.error} />
        <Notice
          tone="success"
          title={t('link.stopped')}
          action={
            <Button
              variant="default"
              loading={stop.isPending}
              onClick={() => stop.mutate({ params, body: { stopped: false } })}
            >
              {t('link.comeBack')}
            </Button>
          }
        >
          {t('link.stoppedText')}
        </Notice>
      </>
    )
  }
  return (
    <div className={classes.stack}>
      <Refused error={resume.error ?? stop.error} />
      {paused ? (
        <Notice
          tone="success"
          title={
            pausedUntil ? t('link.paused', { date: words.date(pausedUntil) }) : t('link.pausedOpen')
          }
          action={
            <Button loading={resume.isPending} onClick={() => resume.mutate({ params })}>
              {t('link.resume')}
            </Button>
          }
        >
          {t(pausedUntil ? 'link.pausedText' : 'link.pausedOpenText')}
        </Notice>
      ) : (
        <>
          <p>{t('link.active')}</p>
          <Pausing token={token} today={programme.today} />
        </>
      )}
      <Section title={t('link.stopTitle')} lead={t('link.stopText')}>
        <div>
          <Button
            variant="default"
            loading={stop.isPending}
            onClick={() => stop.mutate({ params, body: { stopped: true } })}
          >
            {t('link.stop')}
          </Button>
        </div>
      </Section>
      <p className={classes.quiet}>{t('link.nobody')}</p>
      {programme.recorded && <p className={classes.quiet}>{t('link.recorded')}</p>}
    </div>
  )
}

/** So many days after a local date. */
const after = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

function Pausing({ token, today }: { token: string; today: string }) {
  const { t, i18n } = useTranslation('programmes')
  const pause = useCall(routes.pauseLinked)
  const [until, setUntil] = useState<string | null>(null)
  const take = (on: string) => pause.mutate({ params: { token }, body: { until: on } })
  return (
    <Section title={t('link.pauseTitle')}>
      <Refused error={pause.error} />
      <div className={classes.buttons}>
        <Button disabled={pause.isPending} onClick={() => take(after(today, 14))}>
          {t('link.twoWeeks')}
        </Button>
        <Button disabled={pause.isPending} onClick={() => take(after(today, 30))}>
          {t('link.month')}
        </Button>
      </div>
      <form
        className={classes.until}
        onSubmit={(event) => {
          event.preventDefault()
          if (until) take(until)
        }}
      >
        <DateField
          language={i18n.language}
          words={{ previous: t('form.previousMonth'), next: t('form.nextMonth') }}
          label={t('link.untilDate')}
          description={t('link.backOn')}
          minDate={after(today, 1)}
          value={until}
          onChange={setUntil}
        />
        <Button type="submit" variant="default" disabled={!until} loading={pause.isPending}>
          {t('link.pauseUntil')}
        </Button>
      </form>
    </Section>
  )
}
