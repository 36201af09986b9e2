import { Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DemoMail, type DemoMailRow, mailboxRoutes } from '#shared/mailbox/mailbox.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem, queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Page } from '../../ui/Page.tsx'
import classes from './Mailbox.module.css'

/** Only in the demo: every mail it would have sent, to be read as each person would. */
export function MailboxPage() {
  const { t } = useTranslation('mailbox')
  const [typed, setTyped] = useState('')
  const [to] = useDebouncedValue(typed, 250)
  const { mail: opened } = useSearch({ from: '/mailbox' })
  const navigate = useNavigate({ from: '/mailbox' })
  const list = useQuery({
    ...queryFor(mailboxRoutes.demoMails, { query: to ? { to } : {} }),
    refetchInterval: 3_000,
    placeholderData: (previous) => previous,
    retry: false,
  })
  if (list.error instanceof ApiProblem && list.error.problem.code === 'not-found') {
    return <Page title={t('title')} lead={t('off')} />
  }
  return (
    <Page title={t('title')} lead={t('lead')} width="full">
      <div className={classes.panes} data-reading={opened !== undefined || undefined}>
        <Stack className={classes.find}>
          <TextInput
            type="search"
            label={t('search')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Answered query={list}>
            {({ mails, total }) =>
              total === 0 && to === '' ? (
                <EmptyState title={t('none')}>{t('noneWhy')}</EmptyState>
              ) : (
                <>
                  <p className={classes.quiet} role="status">
                    {total === 0 ? t('noneFound') : t('count', { count: total })}
                  </p>
                  <ul className={classes.list} aria-label={t('list')}>
                    {mails.map((mail) => (
                      <li key={mail.id}>
                        <Row
                          mail={mail}
                          current={mail.id === opened}
                          onOpen={() => void navigate({ search: { mail: mail.id } })}
                        />
                      </li>
                    ))}
                  </ul>
                </>
              )
            }
          </Answered>
        </Stack>
        {opened ? (
          <div className={classes.reading}>
            <Link to="/mailbox" className={classes.back}>
              {t('back')}
            </Link>
            <Reading key={opened} mailId={opened} />
          </div>
        ) : (
          <p className={classes.quiet}>{t('pick')}</p>
        )}
      </div>
    </Page>
  )
}

function Row({
  mail,
  current,
  onOpen,
}: {
  mail: DemoMailRow
  current: boolean
  onOpen: () => void
}) {
  const words = useWords()
  return (
    <button type="button" className={classes.row} aria-current={current} onClick={onOpen}>
      <span className={classes.subject}>{mail.subject}</span>
      <span className={classes.quiet}>{namesOf(mail)}</span>
      {mail.sentAt && <span className={classes.quiet}>{words.moment(mail.sentAt)}</span>}
    </button>
  )
}

const namesOf = ({ to }: DemoMailRow) =>
  to.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')

function Reading({ mailId }: { mailId: string }) {
  const { t } = useTranslation('mailbox')
  const mail = useQuery(queryFor(mailboxRoutes.demoMail, { params: { mailId } }))
  return (
    <Answered query={mail}>
      {(data) => (
        <article className={classes.reading}>
          <header>
            <h2>{data.subject}</h2>
            <p className={classes.quiet}>{t('to', { names: namesOf(data) })}</p>
            {data.from && (
              <p className={classes.quiet}>
                {t('from', { name: `${data.from.name} <${data.from.address}>` })}
              </p>
            )}
          </header>
          {/* No scripts, no cookies of ours; a click on a link opens it instead of this page. */}
          <iframe
            className={classes.frame}
            title={t('frame')}
            sandbox="allow-top-navigation-by-user-activation"
            srcDoc={framed(data)}
          />
          {data.calendar && <Calendar calendar={data.calendar} />}
        </article>
      )}
    </Answered>
  )
}

/** Links leave the frame: the pages they lead to do not live inside a mail. */
function framed({ html, text }: DemoMail): string {
  const base = '<base target="_top">'
  if (html === null) {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    return `<!doctype html>${base}<pre style="white-space:pre-wrap">${escaped}</pre>`
  }
  return /<head>/.test(html) ? html.replace('<head>', `<head>${base}`) : base + html
}

function Calendar({ calendar }: { calendar: NonNullable<DemoMail['calendar']> }) {
  const { t } = useTranslation('mailbox')
  const words = useWords()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const { startsAt, endsAt } = calendar
  return (
    <section>
      <h3>{t('calendar')}</h3>
      <dl className={classes.facts}>
        <dt>{t('methodLabel')}</dt>
        <dd>
          {t(`method.${calendar.method}`, { defaultValue: calendar.method ?? '' })} (
          {calendar.method}, {calendar.status})
        </dd>
        <dt>{t('what')}</dt>
        <dd>{calendar.summary}</dd>
        {startsAt && endsAt && (
          <>
            <dt>{t('when')}</dt>
            <dd>
              {words.dayOf(startsAt, zone)}, {words.hours({ startsAt, endsAt }, zone)}
            </dd>
          </>
        )}
        <dt>{t('where')}</dt>
        <dd>{calendar.location}</dd>
        <dt>{t('sequence')}</dt>
        <dd>{calendar.sequence}</dd>
        <dt>{t('uid')}</dt>
        <dd>{calendar.uid}</dd>
      </dl>
      <Fold title={t('raw')}>
        <pre className={classes.raw}>{calendar.raw}</pre>
      </Fold>
    </section>
  )
}
