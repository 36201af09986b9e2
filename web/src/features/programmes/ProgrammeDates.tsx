import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type PlannedStep,
  type Programme,
  programmesRoutes as routes,
} from '#shared/programmes/programmes.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Programmes.module.css'
import { inputOf } from './programmes.input.ts'
import { titleIn, useSpan } from './programmes.words.ts'
import { RhythmFields } from './RhythmFields.tsx'

/** Other dates for what has not left yet, looked at before they are taken. */
export function ProgrammeDates({ programme }: { programme: Programme }) {
  const { t } = useTranslation('programmes')
  const { id, version, counted, steps } = programme
  const [dates, setDates] = useState({
    startsOn: programme.startsOn,
    monthsBetween: programme.monthsBetween,
  })
  const [after, setAfter] = useState<PlannedStep[]>()
  const look = useCall(routes.otherDates, { refresh: [] })
  const change = useCall(routes.change)
  const params = { programmeId: id }
  const same =
    dates.startsOn === programme.startsOn && dates.monthsBetween === programme.monthsBetween
  return (
    <Section title={t('dates.title')} lead={t('dates.lead')}>
      <div className={classes.stack}>
        <RhythmFields
          counted={counted}
          dates={dates}
          today={programme.today}
          onDates={(changed) => {
            setDates(changed)
            setAfter(undefined)
          }}
        />
        <Refused error={look.error ?? change.error} />
        {after && <Compared before={steps} after={after} />}
        <div className={classes.buttons}>
          {after ? (
            <Button
              loading={change.isPending}
              onClick={() =>
                change.mutate({ params, body: { ...inputOf(programme), ...dates, version } })
              }
            >
              {t('dates.save')}
            </Button>
          ) : (
            <Button
              variant="default"
              disabled={same}
              loading={look.isPending}
              onClick={() => look.mutate({ params, body: dates }, { onSuccess: setAfter })}
            >
              {t('dates.look')}
            </Button>
          )}
        </div>
      </div>
    </Section>
  )
}

function Compared({
  before,
  after,
}: {
  before: readonly PlannedStep[]
  after: readonly PlannedStep[]
}) {
  const { t, i18n } = useTranslation('programmes')
  const span = useSpan()
  return (
    <table className={classes.compare}>
      <thead>
        <tr>
          <th scope="col">{t('when.corner')}</th>
          <th scope="col">{t('dates.before')}</th>
          <th scope="col">{t('dates.after')}</th>
        </tr>
      </thead>
      <tbody>
        {before.map((step, index) => (
          <tr key={step.position}>
            <th scope="row">{titleIn(step.title, i18n.language)}</th>
            <td>{span(step)}</td>
            <td>{after[index] && <strong>{span(after[index])}</strong>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
