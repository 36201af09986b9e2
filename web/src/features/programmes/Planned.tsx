import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type PlannedStep,
  type Programme,
  programmesRoutes as routes,
} from '#shared/programmes/programmes.contract.ts'
import { type Language, languages } from '#shared/vocabulary/language.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { HeatMap } from '../../ui/HeatMap.tsx'
import { Section } from '../../ui/Page.tsx'
import { MailPreview } from '../days/MailPreview.tsx'
import classes from './Programmes.module.css'
import { titleIn, useSpan } from './programmes.words.ts'

/** Who gets what and when: the number, each story with its dates, the months as a picture. */
export function Planned({ programme }: { programme: Programme }) {
  const { t, i18n } = useTranslation('programmes')
  const { people, withoutAddress, awaiting, steps } = programme
  const words = useWords()
  const [reading, setReading] = useState<PlannedStep>()
  return (
    <Section title={t('when.title')}>
      <div className={classes.stack}>
        <div>
          <p className={classes.count}>
            {t('when.people', { count: people, number: words.count(people) })}
          </p>
          {withoutAddress > 0 && (
            <p>
              {t('when.without', { count: withoutAddress, number: words.count(withoutAddress) })}
            </p>
          )}
          {awaiting > 0 && (
            <p>{t('when.awaiting', { count: awaiting, number: words.count(awaiting) })}</p>
          )}
        </div>
        {programme.status !== 'draft' && <Steps steps={steps} onRead={setReading} />}
        <Months steps={steps} onRead={setReading} />
        <p className={classes.quiet}>{t('when.rules')}</p>
      </div>
      <Modal
        opened={reading !== undefined}
        onClose={() => setReading(undefined)}
        title={t('mail.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('mail.close') }}
      >
        {reading && (
          <Mail programmeId={programme.id} position={reading.position} language={i18n.language} />
        )}
      </Modal>
    </Section>
  )
}

function Mail({
  programmeId,
  position,
  language,
}: {
  programmeId: string
  position: number
  language: string
}) {
  const known: Language = languages.find((one) => one === language) ?? 'fr'
  const mail = useQuery(
    queryFor(routes.mail, {
      params: { programmeId, position: String(position) },
      query: { language: known },
    }),
  )
  return <Answered query={mail}>{(read) => <MailPreview mail={read} />}</Answered>
}

function Steps({
  steps,
  onRead,
}: {
  steps: readonly PlannedStep[]
  onRead: (step: PlannedStep) => void
}) {
  const { t, i18n } = useTranslation('programmes')
  const span = useSpan()
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step.position} className={classes.step}>
          <span className={classes.number}>{step.position}</span>
          <div>
            <h3>{titleIn(step.title, i18n.language)}</h3>
            <p className={classes.quiet}>{span(step)}</p>
          </div>
          <div className={classes.tools}>
            <Button variant="subtle" color="ink" onClick={() => onRead(step)}>
              {t('steps.read')}
            </Button>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** Stories by months; each number opens the mail that leaves then. */
function Months({
  steps,
  onRead,
}: {
  steps: readonly PlannedStep[]
  onRead: (step: PlannedStep) => void
}) {
  const { t, i18n } = useTranslation('programmes')
  const words = useWords()
  const months = [...new Set(steps.flatMap((step) => step.months.map(({ month }) => month)))]
  if (months.length === 0) return null
  const at = (position: string) => steps.find((step) => String(step.position) === position)
  return (
    <HeatMap
      caption={t('when.picture')}
      corner={t('when.corner')}
      rows={steps.map(({ position, title }) => ({
        id: String(position),
        label: `${position}. ${titleIn(title, i18n.language)}`,
      }))}
      columns={months.sort().map((month) => ({ id: month, label: words.month(month) }))}
      value={(row, column) => at(row)?.months.find(({ month }) => month === column)?.people ?? 0}
      shown={words.count}
      describe={(_, __, count) => t('when.cell', { count, number: words.count(count) })}
      onOpen={(row) => {
        const step = at(row)
        if (step) onRead(step)
      }}
    />
  )
}
