import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type FoundMember,
  type Programme,
  programmesRoutes as routes,
} from '#shared/programmes/programmes.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { DateField } from '../../ui/DateField.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Programmes.module.css'
import { RenewLinks } from './RenewLinks.tsx'

interface Span {
  from: string
  until: string | null
}

/** Pauses for everybody, and going on. */
export function PauseForAll({ programme }: { programme: Programme }) {
  const { t } = useTranslation('programmes')
  const pause = useCall(routes.pause)
  const resume = useCall(routes.resume)
  const params = { programmeId: programme.id }
  return (
    <Section title={t('pause.title')} lead={t('pause.lead')}>
      <div className={classes.stack}>
        <h3>{t('pause.all')}</h3>
        <Refused error={pause.error ?? resume.error} />
        {programme.pauses.length > 0 ? (
          <Notice
            title={<Spans spans={programme.pauses} today={programme.today} />}
            action={
              <Button loading={resume.isPending} onClick={() => resume.mutate({ params })}>
                {t('pause.resume')}
              </Button>
            }
          />
        ) : (
          <PauseForm
            today={programme.today}
            label={t('pause.pause')}
            busy={pause.isPending}
            onPause={(span) => pause.mutate({ params, body: span })}
          />
        )}
      </div>
    </Section>
  )
}

function Spans({ spans, today }: { spans: readonly Span[]; today: string }) {
  const { t } = useTranslation('programmes')
  const words = useWords()
  return (
    <>
      {spans.map(({ from, until }) => (
        <span key={`${from} ${until}`}>
          {t(from <= today ? 'pause.now' : 'pause.coming', { from: words.date(from) })}.{' '}
          {until ? t('pause.spanUntil', { until: words.date(until) }) : t('pause.open')}{' '}
        </span>
      ))}
    </>
  )
}

/** From today or later, until a date or for as long as nobody knows. */
function PauseForm({
  today,
  label,
  busy,
  onPause,
}: {
  today: string
  label: string
  busy: boolean
  onPause: (span: Span) => void
}) {
  const { t, i18n } = useTranslation('programmes')
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState<string | null>(null)
  const calendar = { previous: t('form.previousMonth'), next: t('form.nextMonth') }
  return (
    <form
      className={classes.until}
      onSubmit={(event) => {
        event.preventDefault()
        onPause({ from, until })
      }}
    >
      <DateField
        language={i18n.language}
        words={calendar}
        label={t('pause.from')}
        minDate={today}
        value={from}
        onChange={(on) => on && setFrom(on)}
      />
      <DateField
        language={i18n.language}
        words={calendar}
        label={t('pause.until')}
        clearable
        minDate={from}
        value={until}
        onChange={setUntil}
      />
      <Button type="submit" variant="default" loading={busy}>
        {label}
      </Button>
      <p className={classes.hint}>{t('pause.hint')}</p>
    </form>
  )
}

/** A leave of one person: looked for by name, and nothing told but their pauses. */
export function PauseForOne({ programme }: { programme: Programme }) {
  const { t } = useTranslation('programmes')
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search.trim(), 300)
  const params = { programmeId: programme.id }
  const found = useQuery({
    ...queryFor(routes.people, { params, query: { search: wanted } }),
    enabled: wanted.length > 1,
  })
  return (
    <Section title={t('pause.one')} lead={t('pause.oneLead')}>
      <div className={classes.found}>
        <TextInput
          label={t('pause.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {wanted.length > 1 && found.data?.length === 0 && <p>{t('pause.nobody')}</p>}
        {wanted.length > 1 &&
          found.data?.map((person) => (
            <PausePerson key={person.personId} programme={programme} person={person} />
          ))}
      </div>
    </Section>
  )
}

function PausePerson({ programme, person }: { programme: Programme; person: FoundMember }) {
  const { t } = useTranslation('programmes')
  const pause = useCall(routes.pausePerson)
  const resume = useCall(routes.resumePerson)
  const renew = useCall(routes.renewPerson)
  const [choosing, setChoosing] = useState(false)
  const { personId, pauses } = person
  const name = `${person.firstName} ${person.lastName}`
  const params = { programmeId: programme.id, personId }
  return (
    <div className={classes.stack}>
      <p>
        <strong>{name}</strong> · {person.siteName}
      </p>
      <Refused error={pause.error ?? resume.error ?? renew.error} />
      {pauses.length > 0 && <Spans spans={pauses} today={programme.today} />}
      <div className={classes.buttons}>
        {pauses.length > 0 ? (
          <Button
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate({ params })}
          >
            {t('pause.resumeFor', { name })}
          </Button>
        ) : (
          !choosing && (
            <Button variant="default" onClick={() => setChoosing(true)}>
              {t('pause.choose', { name })}
            </Button>
          )
        )}
        <RenewLinks
          button={t('renew.other', { name })}
          text={t('renew.otherText')}
          busy={renew.isPending}
          onRenew={(done) => renew.mutate({ params }, done)}
        />
      </div>
      {renew.isSuccess && <p role="status">{t('renew.otherDone')}</p>}
      {choosing && pauses.length === 0 && (
        <PauseForm
          today={programme.today}
          label={t('pause.choose', { name })}
          busy={pause.isPending}
          onPause={(span) =>
            pause.mutate({ params, body: span }, { onSuccess: () => setChoosing(false) })
          }
        />
      )}
    </div>
  )
}
